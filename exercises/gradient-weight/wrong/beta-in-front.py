# id: beta-in-front
# message: The factor β of the gradient is multiplied into the weight.
# idea: β and the weight stand side by side in the gradient. The weight itself is a
#   probability between 0 and 1; β is the size of the pull.
# misconception: weight-includes-beta
import torch


def gradient_weight(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    return beta * torch.sigmoid(-beta * h)
