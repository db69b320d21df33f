"""Tries to find a seed, a path or a name in the environment, also as C sees it.

Must hold: the environment is nearly empty from the start, and emptied.
"""

# stopped by: absence

import ctypes
import os

ALLOWED = {"PATH", "HOME", "LC_CTYPE", "CUDA_VISIBLE_DEVICES", "LD_LIBRARY_PATH", "PWD"}


def names():
    yield from os.environ
    environ = ctypes.POINTER(ctypes.c_char_p).in_dll(ctypes.CDLL(None), "environ")
    k = 0
    while environ and environ[k]:
        yield environ[k].split(b"=")[0].decode()
        k += 1


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    for name in names():
        if name not in ALLOWED and not name.endswith("_NUM_THREADS"):
            print(f"THROUGH: {name}")
    return policy_chosen.sum() * 0
