"""Tries ptrace, process_vm_readv and pidfd_getfd on its parent, by ctypes.

Must hold: seccomp refuses the calls.
"""

# stopped by: seccomp

import ctypes
import os
import platform

# name: (x86_64, aarch64), arguments
CALLS = {
    "ptrace attach": ((101, 117), (16, os.getppid(), 0, 0)),
    "process_vm_readv": ((310, 270), (os.getppid(), 0, 0, 0, 0, 0)),
    "process_vm_writev": ((311, 271), (os.getppid(), 0, 0, 0, 0, 0)),
    "pidfd_open": ((434, 434), (os.getppid(), 0)),
    "kcmp": ((312, 272), (os.getppid(), os.getpid(), 1, 0, 0)),
}


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    libc = ctypes.CDLL(None, use_errno=True)
    column = ("x86_64", "aarch64").index(platform.machine())
    for name, (numbers, arguments) in CALLS.items():
        passed = [ctypes.c_long(one) for one in (numbers[column], *arguments)]
        if libc.syscall(*passed) >= 0:
            print(f"THROUGH: {name}")
    return policy_chosen.sum() * 0
