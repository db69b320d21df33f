# id: no-reference
# message: The penalty is taken on −log π(chosen) alone, without the reference's log-
#   prob.
# idea: People think that a low log-prob as such is the failure. Every log-prob is
#   negative, so such a penalty is always on; what counts is the fall below the
#   reference.
# misconception: no-reference
import torch
import torch.nn.functional as F


def dpop_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta, lam):
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    fallen = torch.relu(-policy_chosen)
    return -F.logsigmoid(beta * (h - lam * fallen)).mean()
