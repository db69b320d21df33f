"""Tries to leave a process behind, in a session of its own, that holds the result pipe.

Must hold: seccomp refuses fork and setsid; else the fork server adopts and ends it.
"""

# stopped by: seccomp

import os
import time


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            time.sleep(5)
        os._exit(0)
    print("THROUGH: a daemon was left behind")
    return policy_chosen.sum() * 0
