# id: mean-inside
# message: The mean is taken over the margins, before the log-sigmoid.
# idea: Averaging first looks the same as averaging last. The log-sigmoid is curved
#   and each pair has a label of its own, so each has a loss of its own and the mean
#   is over those.
# misconception: mean-before-log
import torch.nn.functional as F


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    return -F.logsigmoid(beta * h.mean())
