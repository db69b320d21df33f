"""Tries to go on after the answer: threads that write forged frames to the result pipe.

Must hold: the child ends by os._exit after one answer; a result is exactly one frame.
"""

# stopped by: frame

import os
import struct
import threading

HEADER = b'{"head": {"outputs": []}, "arrays": []}'
FRAME = struct.pack("<4sIQ", b"DBX1", len(HEADER), 0) + HEADER


def forge():
    while True:
        os.write(3, FRAME)


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    for _ in range(8):
        threading.Thread(target=forge).start()
    return policy_chosen.sum() * 0
