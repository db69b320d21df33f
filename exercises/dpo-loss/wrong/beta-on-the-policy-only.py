# id: beta-on-the-policy-only
# message: β multiplies the policy's part alone, the reference's part goes in without
#   it.
# idea: A bracket is lost, or β is seen as a weight of the policy. β multiplies the
#   whole log-ratio; otherwise the margin is not 0 where policy and reference agree.
# misconception: beta-weighs-the-reference
import torch.nn.functional as F


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    margin = beta * (policy_chosen - policy_rejected) - (ref_chosen - ref_rejected)
    return -F.logsigmoid(margin).mean()
