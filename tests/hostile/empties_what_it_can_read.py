"""Tries to empty files that it may only read: O_TRUNC does so without a right to write.

Must hold: seccomp refuses O_TRUNC and truncate; Landlock does from version 3 on.
"""

# stopped by: seccomp

import os

# Emptying this one changes nothing.
WAYS = {
    "O_TRUNC": lambda: os.close(os.open("/dev/null", os.O_RDONLY | os.O_TRUNC)),
}


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    for name, way in WAYS.items():
        try:
            way()
        except OSError:
            continue
        print(f"THROUGH: {name}")
    return policy_chosen.sum() * 0
