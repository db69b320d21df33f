"""Tries to grow step by step, up to 6 GiB (never touched, so no machine suffers).

Must hold: RLIMIT_AS.
"""

# stopped by: rlimits

import numpy as np


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    held = []
    for step in range(96):
        held.append(np.empty(1 << 26, dtype=np.uint8))
        if step > 70:
            print(f"THROUGH: {(step + 1) * 64} MiB")
    return policy_chosen.sum() * 0
