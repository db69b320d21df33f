# id: penalty-missing
# message: The penalty is missing: this is plain DPO.
# idea: People expect the gradient of the loss to raise the chosen answer by itself.
#   Only the margin must grow; when the answers share most of their tokens, chosen falls
#   with rejected.
# misconception: chosen-always-rises
import torch.nn.functional as F


def dpop_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta, lam):
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    return -F.logsigmoid(beta * h).mean()
