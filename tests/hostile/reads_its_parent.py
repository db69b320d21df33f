"""Tries /proc: memory, environment, command line and open files of its parent.

Must hold: /proc is not among the files that can be read, not even one's own.
"""

# stopped by: landlock

import os

NAMES = ("mem", "environ", "cmdline", "maps", "status", "fd", "root", "cwd", "task")


def read(path):
    if os.path.isdir(path):
        return os.listdir(path)
    with open(path, "rb", buffering=0) as file:
        return file.read(16)


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    for who in (os.getppid(), "self", os.getpid(), 1):
        for name in NAMES:
            try:
                read(f"/proc/{who}/{name}")
            except OSError:
                continue
            print(f"THROUGH: /proc/{who}/{name}")
    return policy_chosen.sum() * 0
