"""Tries to end the process that started it.

Must hold: seccomp lets a process signal itself alone.
"""

# stopped by: landlock, seccomp

import os
import signal


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    os.kill(os.getppid(), signal.SIGKILL)
    print("THROUGH: the signal was sent")
    return policy_chosen.sum() * 0
