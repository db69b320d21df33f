# id: one-sided
# message: Gaps above the target cost nothing, as in a hinge.
# idea: People think that a pair past its target is done. IPO pulls such a pair back,
#   which is what keeps the policy near the reference when every label agrees.
# misconception: no-pull-past-target
import torch.nn.functional as F


def ipo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, tau):
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    return F.relu(1 / (2 * tau) - h).square().mean()
