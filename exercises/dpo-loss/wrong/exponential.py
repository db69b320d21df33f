# id: exponential
# message: The loss is exp(−β h) in place of log(1 + exp(−β h)).
# idea: In log(1 + exp(−m)) the 1 and the log look like trimmings. Without them a pair
#   that is badly wrong dominates everything, and the numbers overflow.
# misconception: any-falling-loss
import torch


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    return torch.exp(-beta * h).mean()
