"""Tries every way to run another program.

Must hold: Landlock and seccomp refuse execve.
"""

# stopped by: landlock, seccomp

import ctypes
import os
import subprocess
import sys

WAYS = {
    "subprocess": lambda: subprocess.run([sys.executable, "-c", ""], check=True),
    "system": lambda: os.system("exit 0") and 1 / 0,
    "popen": lambda: os.popen("exit 0").close(),
    "libc system": lambda: ctypes.CDLL(None).system(b"exit 0") and 1 / 0,
    "execv": lambda: os.execv("/bin/sh", ["sh", "-c", "echo THROUGH: execv"]),
}


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    for name, way in WAYS.items():
        try:
            way()
        except (OSError, ZeroDivisionError, subprocess.SubprocessError):
            continue
        print(f"THROUGH: {name}")
    return policy_chosen.sum() * 0
