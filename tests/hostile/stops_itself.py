"""Tries to stop, so that nothing short of SIGKILL ends it.

Must hold: the deadline is kept from outside, by SIGKILL.
"""

# stopped by: deadline
# endless

import os
import signal


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    os.kill(os.getpid(), signal.SIGSTOP)
    return policy_chosen.sum() * 0
