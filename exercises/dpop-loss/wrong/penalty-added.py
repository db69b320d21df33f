# id: penalty-added
# message: The penalty is added to the gap, which rewards a chosen answer for falling.
# idea: People know that a penalty is added to a loss and do the same inside the log-
#   sigmoid. There a larger argument means a smaller loss, so the penalty must be
#   subtracted.
# misconception: correction-outside-the-sigmoid
import torch
import torch.nn.functional as F


def dpop_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta, lam):
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    fallen = torch.relu(ref_chosen - policy_chosen)
    return -F.logsigmoid(beta * (h + lam * fallen)).mean()
