# id: beta-on-the-reference-only
# message: β multiplies the reference's part alone, as if it were the weight of the
#   reference.
# idea: β holds the policy to the reference, so it is put in front of the reference.
#   It multiplies the whole log-ratio; otherwise the margin is not 0 where policy and
#   reference agree.
# misconception: beta-weighs-the-reference
import torch.nn.functional as F


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    margin = (policy_chosen - policy_rejected) - beta * (ref_chosen - ref_rejected)
    return -F.logsigmoid(margin).mean()
