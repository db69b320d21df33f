"""Tries calls that no exercise needs, and where kernels had holes: keys, page faults.

Must hold: seccomp refuses them.
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
NOTHING = ctypes.create_string_buffer(256)
CALLS = {
    "keyctl": ((250, 219), 0, -3, 1),
    "userfaultfd": ((323, 282), 1),
    "personality": ((135, 92), 0xFFFFFFFF),
    "sched_setaffinity": (
        (203, 122),
        0,
        128,
        ctypes.create_string_buffer(b"\xff" * 128),
    ),
}


def asked(numbers, *arguments):
    return lambda: call(numbers[COLUMN], *arguments)


WAYS = {name: asked(*passed) for name, passed in CALLS.items()}


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    for name, way in WAYS.items():
        try:
            way()
        except OSError:
            continue
        print(f"THROUGH: {name}")
    return policy_chosen.sum() * 0
