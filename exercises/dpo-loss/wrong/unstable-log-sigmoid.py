# id: unstable-log-sigmoid
# message: log(sigmoid(x)) written out: at large margins the sigmoid is 0 and its log
#   −∞. A log-sigmoid written as one function stays finite.
import torch


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    return -torch.log(torch.sigmoid(beta * h)).mean()
