# id: hinge-at-zero
# message: The loss is max(0, −β h), which is 0 as soon as a pair is ranked right.
# idea: For large margins −log σ(m) looks like max(0, −m), so one is taken for the
#   other. At m = 0 the DPO loss is ln 2 with a slope of one half; here learning stops
#   there.
# misconception: any-falling-loss
import torch


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    return torch.relu(-beta * h).mean()
