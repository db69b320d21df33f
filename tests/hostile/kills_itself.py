"""Tries to crash by a signal of its own.

Must hold: only this child ends, and that is a failed case.
"""

# stopped by: fresh fork

import os
import signal


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    os.kill(os.getpid(), signal.SIGKILL)
