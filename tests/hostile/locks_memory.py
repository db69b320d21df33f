"""Tries to take memory that can never be put aside.

Must hold: RLIMIT_MEMLOCK.
"""

# stopped by: rlimits

import ctypes
import mmap


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    held = mmap.mmap(-1, 1 << 16)
    address = ctypes.addressof(ctypes.c_char.from_buffer(held))
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.mlock(ctypes.c_void_p(address), ctypes.c_size_t(1 << 16)) == 0:
        print("THROUGH: mlock")
    return policy_chosen.sum() * 0
