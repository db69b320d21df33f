# id: penalty-detached
# message: The value is right, but no gradient flows through the penalty.
# idea: People treat the penalty as a constant that only shifts the margin. Then it
#   can change the weight of a pair, but nothing pulls the chosen answer itself back up.
# misconception: loss-without-graph
import torch
import torch.nn.functional as F


def dpop_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta, lam):
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    fallen = torch.relu(ref_chosen - policy_chosen).detach()
    return -F.logsigmoid(beta * (h - lam * fallen)).mean()
