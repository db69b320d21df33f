# id: loss-over-beta
# message: The loss is divided by β.
# idea: Dividing makes the slope at the start the same for every β, which looks tidy.
#   The DPO loss is the plain negative log-likelihood; its first value is ln 2 for
#   every β.
# misconception: beta-outside
import torch.nn.functional as F


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    return -F.logsigmoid(beta * h).mean() / beta
