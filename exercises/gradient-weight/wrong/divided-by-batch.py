# id: divided-by-batch
# message: The weight is divided by the number of pairs.
# idea: The mean loss brings a 1/B into its gradient. It is not part of the weight of a
#   pair, which knows nothing of its neighbours.
# misconception: weight-includes-beta
import torch


def gradient_weight(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    return torch.sigmoid(-beta * h) / h.numel()
