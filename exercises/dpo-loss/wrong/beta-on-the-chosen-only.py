# id: beta-on-the-chosen-only
# message: β multiplies the log-ratio of the chosen answer alone.
# idea: A bracket is lost: β * a - b is not β * (a - b). Both rewards carry the same
#   β.
# misconception: beta-weighs-the-reference
import torch.nn.functional as F


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    chosen = policy_chosen - ref_chosen
    rejected = policy_rejected - ref_rejected
    return -F.logsigmoid(beta * chosen - rejected).mean()
