"""Tries to wait where Python cannot be interrupted: libc.pause, signals blocked.

Must hold: the deadline is kept from outside, by SIGKILL.
"""

# stopped by: deadline
# endless

import ctypes
import signal


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
    while True:
        ctypes.PyDLL(None).pause()
