# id: sign-flipped
# message: chosen and rejected swapped in the margin: training would push the rejected
#   answers up.
import torch.nn.functional as F


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    h = (policy_rejected - ref_rejected) - (policy_chosen - ref_chosen)
    return -F.logsigmoid(beta * h).mean()
