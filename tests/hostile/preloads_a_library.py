"""Tries LD_PRELOAD, LD_AUDIT and PYTHONSTARTUP, which count from the next program on.

Must hold: Landlock and seccomp refuse execve, so there is no next program.
"""

# stopped by: landlock, seccomp

import os
import subprocess
import sys

FORGED = {
    "LD_PRELOAD": "/tmp/drillbox-hostile.so",
    "LD_AUDIT": "/tmp/drillbox-hostile.so",
    "PYTHONSTARTUP": "/tmp/drillbox-hostile.py",
    "PYTHONPATH": "/tmp",
}


def again():
    code = "print('THROUGH: another interpreter')"
    subprocess.run([sys.executable, "-c", code], env=FORGED, check=False)


def spawned():
    os.posix_spawn(sys.executable, [sys.executable, "-c", ""], FORGED)


WAYS = {"subprocess": again, "posix_spawn": spawned}


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    os.environ.update(FORGED)
    for name, way in WAYS.items():
        try:
            way()
        except OSError:
            continue
        print(f"THROUGH: {name}")
    return policy_chosen.sum() * 0
