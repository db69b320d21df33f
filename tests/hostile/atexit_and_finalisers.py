"""Tries to act after the answer: atexit, a finaliser, a weak reference, gc callbacks.

Must hold: the answer is copied before, and the child ends by os._exit.
"""

# stopped by: verdict

import atexit
import gc
import os
import struct
import weakref

HEADER = b'{"head": {"outputs": []}, "arrays": []}'
FRAME = struct.pack("<4sIQ", b"DBX1", len(HEADER), 0) + HEADER


def forge(*_):
    os.write(3, FRAME)


class Late:
    def __del__(self):
        forge()


KEPT = Late()
atexit.register(forge)
weakref.finalize(KEPT, forge)
gc.callbacks.append(forge)


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    gc.collect()
    return policy_chosen.sum() * 0
