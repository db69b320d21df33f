"""Tries to lower the default dtype for whoever comes after it.

Must hold: a fork for each case; the exact dtype.
"""

# stopped by: fresh fork, verdict

import torch

torch.set_default_dtype(torch.float16)


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    return torch.zeros(()) + 0.5
