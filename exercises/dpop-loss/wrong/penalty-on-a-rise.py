# id: penalty-on-a-rise
# message: The penalty acts where chosen is above the reference, not below.
# idea: People write the difference in the order of the log-ratio, policy minus
#   reference. That punishes the chosen answers that rose and leaves the fallen ones
#   alone.
# misconception: dpop-any-distance
import torch
import torch.nn.functional as F


def dpop_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta, lam):
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    risen = torch.relu(policy_chosen - ref_chosen)
    return -F.logsigmoid(beta * (h - lam * risen)).mean()
