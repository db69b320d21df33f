"""By softplus, the negative log-sigmoid."""

from torch.nn import functional


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    chosen = policy_chosen - ref_chosen
    rejected = policy_rejected - ref_rejected
    return functional.softplus(beta * (rejected - chosen)).mean()
