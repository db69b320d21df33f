"""Tries to store data outside its limits: shared memory, with a name or a number.

Must hold: seccomp refuses System V calls and making files.
"""

# stopped by: seccomp

import ctypes
from multiprocessing import shared_memory


def shared():
    block = shared_memory.SharedMemory("drillbox-hostile", create=True, size=64)
    block.unlink()
    block.close()


def system_v():
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.shmget(0, 4096, 0o1600) < 0:
        raise OSError(ctypes.get_errno(), "shmget")


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    for way in (shared, system_v):
        try:
            way()
        except OSError:
            continue
        print(f"THROUGH: {way.__name__}")
    return policy_chosen.sum() * 0
