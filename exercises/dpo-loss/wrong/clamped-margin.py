# id: clamped-margin
# message: The margin is clamped to −20 … 20 before the log-sigmoid.
# idea: The clamp is meant against overflow. logsigmoid needs no help at any margin,
#   and a clamped pair has no gradient, however wrong it is.
# misconception: unstable-log-sigmoid
import torch.nn.functional as F


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    return -F.logsigmoid((beta * h).clamp(-20.0, 20.0)).mean()
