# id: reference-for-rejected-only
# message: The reference is subtracted for the rejected answer alone.
# idea: The reference is seen as a guard against pushing the rejected answer too far.
#   Each answer is compared with its own reference, or the margin is not 0 at the
#   start.
# misconception: reference-by-any-sign
import torch.nn.functional as F


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    h = policy_chosen - (policy_rejected - ref_rejected)
    return -F.logsigmoid(beta * h).mean()
