# id: reference-for-chosen-only
# message: The reference is subtracted for the chosen answer alone.
# idea: A pair of brackets is lost, or the reference is seen as the mark that the
#   chosen answer must beat. Each answer is compared with its own reference, or the
#   margin is not 0 at the start.
# misconception: reference-by-any-sign
import torch.nn.functional as F


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    h = policy_chosen - ref_chosen - policy_rejected
    return -F.logsigmoid(beta * h).mean()
