# id: mean-inside
# message: the mean taken over the margins, before the log-sigmoid. Each pair has a loss
#   of its own; the mean is over those.
import torch.nn.functional as F


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    return -F.logsigmoid(beta * h.mean())
