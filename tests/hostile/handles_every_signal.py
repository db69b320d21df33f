"""Tries to survive: handles or blocks every signal that can be, and loops.

Must hold: the deadline is kept from outside, by SIGKILL.
"""

# stopped by: deadline
# endless

import contextlib
import signal


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    for number in signal.valid_signals():
        with contextlib.suppress(OSError, ValueError):
            signal.signal(number, lambda *_: None)
    signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
    while True:
        pass
