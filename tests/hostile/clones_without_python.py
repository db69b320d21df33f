"""Tries clone, clone3, vfork and posix_spawn by ctypes, past os.fork.

Must hold: seccomp refuses every way to a new process.
"""

# stopped by: seccomp

import ctypes
import os
import platform

SIGCHLD = 17
CLONE, CLONE3, VFORK = (56, 220), (435, 435), (58, None)


def tried(libc, name, number, *arguments):
    passed = [ctypes.c_long(one) for one in (number, *arguments)]
    child = libc.syscall(*passed)
    if child == 0:
        os._exit(0)
    if child > 0:
        print(f"THROUGH: {name}")


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    libc = ctypes.CDLL(None, use_errno=True)
    column = ("x86_64", "aarch64").index(platform.machine())
    tried(libc, "clone", CLONE[column], SIGCHLD, 0, 0, 0, 0)
    sizes = (ctypes.c_uint64 * 11)(0, 0, 0, 0, SIGCHLD)
    tried(libc, "clone3", CLONE3[column], ctypes.addressof(sizes), 88)
    try:
        os.posix_spawn("/bin/true", ["true"], {})
        print("THROUGH: posix_spawn")
    except OSError:
        pass
    return policy_chosen.sum() * 0
