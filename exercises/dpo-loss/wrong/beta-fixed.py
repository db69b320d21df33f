# id: beta-fixed
# message: β is fixed at 0.1, whatever is handed over.
# idea: 0.1 stands in the paper and in most configurations, so it is taken for a part
#   of the formula. It is a choice, and here an argument.
# misconception: beta-is-optional
import torch.nn.functional as F


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    return -F.logsigmoid(0.1 * h).mean()
