"""Tries to write the text of a traceback itself when it is asked where it stands.

Must hold: of what comes at the deadline only a line number of its own file is used.
"""

# stopped by: printable, deadline
# endless

import os
import signal

TEXT = (
    b'  File "\x1b[32mPASSED\x1b[0m", line 1 in ok\n  File "dpo-loss.py", line 9999999'
)


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    signal.signal(signal.SIGUSR1, lambda *_: os.write(3, TEXT))
    while True:
        pass
