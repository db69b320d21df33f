"""Tries System V's shared memory, semaphores and queues of other programs, by number.

Must hold: seccomp refuses also to look and to remove; bubblewrap shows others than
those of this machine.
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
INFO = 3  # harmless: asks how much there is; 0 would remove
CALLS = {"shmctl": (31, 195), "semctl": (66, 191), "msgctl": (71, 187)}


def asked(numbers, *arguments):
    return lambda: call(numbers[COLUMN], *arguments, ctypes.create_string_buffer(256))


WAYS = {
    "shmctl": asked(CALLS["shmctl"], 0, INFO),
    "semctl": asked(CALLS["semctl"], 0, 0, INFO),
    "msgctl": asked(CALLS["msgctl"], 0, INFO),
}


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    for name, way in WAYS.items():
        try:
            way()
        except OSError:
            continue
        print(f"THROUGH: {name}")
    return policy_chosen.sum() * 0
