"""Tries to read what lies outside: a home, the system's accounts, keys.

Must hold: not listed is neither bound nor readable.
"""

# stopped by: bwrap, landlock

import glob

PATHS = ("/etc/passwd", "/etc/hosts", "/etc/hostname")


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    for path in (*PATHS, *glob.glob("/home/*/.*"), *glob.glob("/root/.*")):
        try:
            with open(path, "rb") as file:
                file.read(1)
        except OSError:
            continue
        print(f"THROUGH: {path}")
    return policy_chosen.sum() * 0
