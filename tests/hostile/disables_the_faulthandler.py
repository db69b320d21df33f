"""Tries to hide the line where it loops: the handler that would say it is gone.

Must hold: the deadline is kept from outside, by SIGKILL.
"""

# stopped by: deadline
# endless

import faulthandler
import signal


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    faulthandler.unregister(signal.SIGUSR1)
    faulthandler.disable()
    signal.signal(signal.SIGUSR1, signal.SIG_IGN)
    while True:
        pass
