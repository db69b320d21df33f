"""Tries to learn the names of files that change in directories it cannot list.

Must hold: seccomp refuses inotify and fanotify.
"""

# stopped by: seccomp

import ctypes
import platform


def call(*numbers_and_arguments):
    libc = ctypes.CDLL(None, use_errno=True)
    passed = [
        ctypes.c_long(one) if isinstance(one, int) else one
        for one in numbers_and_arguments
    ]
    result = libc.syscall(*passed)
    if result < 0:
        raise OSError(ctypes.get_errno(), "refused")
    return result


COLUMN = ("x86_64", "aarch64").index(platform.machine())
WAYS = {"inotify": lambda: call((294, 26)[COLUMN], 0)}


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    for name, way in WAYS.items():
        try:
            way()
        except OSError:
            continue
        print(f"THROUGH: {name}")
    return policy_chosen.sum() * 0
