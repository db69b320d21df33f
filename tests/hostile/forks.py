"""Tries to become fifty, each of which would live for five seconds.

Must hold: seccomp refuses fork; else whatever is left is swept.
"""

# stopped by: seccomp

import os
import time


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    for _ in range(50):
        if os.fork() == 0:
            time.sleep(5)
            os._exit(0)
        print("THROUGH: forked")
    return policy_chosen.sum() * 0
