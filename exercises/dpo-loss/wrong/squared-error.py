# id: squared-error
# message: The loss is the squared error (1 − σ(β h))² of the label's probability.
# idea: A squared error is the loss that one meets first, and it too is 0 for a
#   certain label. Maximum likelihood asks for −log of the probability; the square
#   fades for the pairs that are most wrong.
# misconception: any-falling-loss
import torch


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    return ((1.0 - torch.sigmoid(beta * h)) ** 2).mean()
