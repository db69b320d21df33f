"""Tries to stay alive by sending a little of an answer, again and again.

Must hold: the deadline is the whole answer's, not a byte's.
"""

# stopped by: deadline
# endless

import os
import struct
import time


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    os.write(3, struct.pack("<4sIQ", b"DBX1", 60_000, 0))
    while True:
        os.write(3, b" ")
        time.sleep(0.01)
