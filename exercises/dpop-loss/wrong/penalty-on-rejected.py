# id: penalty-on-rejected
# message: The penalty looks at the rejected answer instead of the chosen one.
# idea: People want to stop the fall wherever it is seen. That the rejected answer
#   falls is what training is for; DPOP holds the chosen one alone.
# misconception: dpop-holds-rejected
import torch
import torch.nn.functional as F


def dpop_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta, lam):
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    fallen = torch.relu(ref_rejected - policy_rejected)
    return -F.logsigmoid(beta * (h - lam * fallen)).mean()
