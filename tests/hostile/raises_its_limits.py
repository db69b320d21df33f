"""Tries to undo what confines it: limits, privileges, namespaces, priorities.

Must hold: hard limits, no capabilities, no_new_privs; seccomp, or bubblewrap
without namespaces below it.
"""

# stopped by: bwrap, seccomp

import ctypes
import os
import resource

NEW_USER = 0x10000000


def unshare():
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(NEW_USER) != 0:
        raise OSError(ctypes.get_errno(), "unshare")


def unlimited(name):
    def raised():
        soft, hard = resource.getrlimit(getattr(resource, name))
        if hard < 0:
            raise ValueError("there is no limit to raise")
        limits = (soft * 2 + 1, hard * 2 + 1)
        resource.setrlimit(getattr(resource, name), limits)

    return raised


WAYS = {
    "processor time": unlimited("RLIMIT_CPU"),
    "memory": unlimited("RLIMIT_AS"),
    "size of files": unlimited("RLIMIT_FSIZE"),
    "user namespace": unshare,
    "root directory": lambda: os.chroot("/"),
    "priority": lambda: os.nice(-5),
    "group": lambda: os.setgroups([0]),
    "user": lambda: os.setresuid(1, 1, 1),
}


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    for name, way in WAYS.items():
        try:
            way()
        except (OSError, ValueError):
            continue
        print(f"THROUGH: {name}")
    return policy_chosen.sum() * 0
