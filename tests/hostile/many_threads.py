"""Tries four threads for large operations, in a process that was forked.

Must hold: the fork server never had a second thread, so this cannot hang; its value is
wrong.
"""

# stopped by: verdict

import torch


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    torch.set_num_threads(4)
    large = torch.ones(300, 300, dtype=policy_chosen.dtype)
    return (large @ large).mean() * 0 + policy_chosen.mean() * 0
