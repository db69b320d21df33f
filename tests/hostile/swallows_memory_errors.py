"""Tries to stay at the edge of its memory and to answer from there.

Must hold: RLIMIT_AS; a child that cannot answer fails.
"""

# stopped by: rlimits, verdict

import numpy as np


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    held, size = [], 1 << 30
    while size > 4096 and len(held) < 10_000:
        try:
            held.append(np.empty(size, dtype=np.uint8))
        except MemoryError:
            size //= 2
    dpo_loss.held = held
    return policy_chosen.sum() * 0
