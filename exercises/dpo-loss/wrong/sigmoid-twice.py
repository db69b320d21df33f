# id: sigmoid-twice
# message: The sigmoid is applied twice: the margin goes through σ before the
#   log-sigmoid.
# idea: A loss with logits gets a probability instead of the logit. The margin is the
#   logit; squeezed into 0 to 1 first, it leaves a loss between 0.31 and 0.69.
# misconception: any-falling-loss
import torch
import torch.nn.functional as F


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    probability = torch.sigmoid(beta * h)
    label = torch.ones_like(probability)
    return F.binary_cross_entropy_with_logits(probability, label)
