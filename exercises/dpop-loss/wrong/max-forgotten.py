# id: max-forgotten
# message: The cut at 0 is missing, so a chosen answer above the reference earns a
#   bonus.
# idea: People take the penalty for a plain term λ(log ref − log π). Without the max
#   it acts at all times and only gives the chosen side the weight 1 + λ.
# misconception: dpop-any-distance
import torch.nn.functional as F


def dpop_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta, lam):
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    return -F.logsigmoid(beta * (h - lam * (ref_chosen - policy_chosen))).mean()
