# id: penalty-on-both
# message: The rejected answer is punished for falling as well.
# idea: People want to keep both log-probs from falling. That the rejected answer
#   falls is what training is for; DPOP holds the chosen one alone.
# misconception: dpop-holds-rejected
import torch
import torch.nn.functional as F


def dpop_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta, lam):
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    fallen = torch.relu(ref_chosen - policy_chosen)
    fallen = fallen + torch.relu(ref_rejected - policy_rejected)
    return -F.logsigmoid(beta * (h - lam * fallen)).mean()
