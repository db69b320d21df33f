"""Tries to learn what lies on this machine without reading it: sizes, times, its name.

Must hold: bubblewrap shows other files and another name; Landlock and seccomp cannot
tell such a question from those that every import asks, so below it doctor says so.
"""

# stopped by: bwrap

import os


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    for path in ("/etc/passwd", "/etc/hosts", "/etc/group"):
        try:
            print(f"THROUGH: {path} has {os.stat(path).st_size} bytes")
        except OSError:
            continue
    if os.uname().nodename != "grader":
        print("THROUGH: this machine's name")
    return policy_chosen.sum() * 0
