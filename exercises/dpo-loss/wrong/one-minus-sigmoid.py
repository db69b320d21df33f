# id: one-minus-sigmoid
# message: The loss is 1 − σ(β h), the probability of the wrong label, in place of
#   −log σ(β h).
# idea: The chance of being wrong falls to 0 as a loss should. It never exceeds 1, so
#   a pair that is badly wrong gets nearly no gradient.
# misconception: any-falling-loss
import torch


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    return (1.0 - torch.sigmoid(beta * h)).mean()
