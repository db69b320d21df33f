"""Tries to use up every descriptor of the machine.

Must hold: RLIMIT_NOFILE.
"""

# stopped by: rlimits

import os


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    opened = 0
    try:
        while opened < 900:
            os.dup(1)
            opened += 1
    except OSError:
        pass
    if opened > 100:
        print(f"THROUGH: {opened} descriptors")
    os.closerange(5, 2000)
    return policy_chosen.sum() * 0
