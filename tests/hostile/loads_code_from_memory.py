"""Tries to load a library that no file holds: a nameless file, then dlopen.

Must hold: RLIMIT_FSIZE: a nameless file cannot be filled.
"""

# stopped by: rlimits

import ctypes
import os


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    try:
        held = os.memfd_create("drillbox-hostile")
        if os.write(held, b"\x7fELF" * 1000) > 0:
            print("THROUGH: a nameless file was filled")
        ctypes.CDLL(f"/proc/self/fd/{held}")
        print("THROUGH: it was loaded")
    except OSError:
        pass
    return policy_chosen.sum() * 0
