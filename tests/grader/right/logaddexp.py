"""By logaddexp(0, −x)."""

import torch


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    x = beta * (policy_chosen - policy_rejected - (ref_chosen - ref_rejected))
    return torch.logaddexp(torch.zeros_like(x), -x).mean()
