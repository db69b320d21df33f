# id: no-log
# message: The sigmoid stands without its log: −σ(β h).
# idea: The probability of the label should grow, so its negative looks like a loss.
#   Without the log a pair that is badly wrong gets nearly no gradient, where it
#   should get the most.
# misconception: any-falling-loss
import torch


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    return -torch.sigmoid(beta * h).mean()
