"""Tries to end everything in its process group.

Must hold: a session of its own, and seccomp lets a process signal itself alone.
"""

# stopped by: seccomp, session

import os
import signal


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    assert os.getpgrp() == os.getpid(), "this group has others in it"
    os.killpg(os.getpgrp(), signal.SIGKILL)
    print("THROUGH: the signal was sent")
    return policy_chosen.sum() * 0
