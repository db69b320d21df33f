# id: penalty-of-the-mean
# message: The penalty is taken on the mean fall of the batch, one number for all
#   pairs.
# idea: People watch the batch mean that a trainer logs and punish that. A pair that
#   rose then hides one that fell, and the max no longer acts on each pair.
# misconception: mean-before-log
import torch
import torch.nn.functional as F


def dpop_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta, lam):
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    fallen = torch.relu((ref_chosen - policy_chosen).mean())
    return -F.logsigmoid(beta * (h - lam * fallen)).mean()
