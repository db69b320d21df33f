# id: unstable-log-sigmoid
# message: log(sigmoid(x)) is written out: at large negative margins the sigmoid is 0
#   and its log −∞.
# idea: On paper the log of a sigmoid is just that. In floating point the sigmoid of a
#   large negative number is 0, so the loss is infinite and the gradient NaN; one
#   function for both stays finite.
# misconception: unstable-log-sigmoid
import torch


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    return -torch.log(torch.sigmoid(beta * h)).mean()
