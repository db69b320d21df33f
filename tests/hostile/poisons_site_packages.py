"""Tries to leave code that the next interpreter runs: a .pth, sitecustomize, bytecode.

Must hold: the binds are read-only, and no file can be made.
"""

# stopped by: bwrap, landlock, seccomp
# needs: the right to write there

import os
import sys

NAMES = ("drillbox-hostile.txt", "__pycache__/drillbox-hostile.txt")


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    for place in {*sys.path, os.path.dirname(os.__file__)}:
        for name in NAMES:
            path = os.path.join(place, name)
            try:
                os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
            except OSError:
                continue
            print(f"THROUGH: {path}")
            os.unlink(path)
    return policy_chosen.sum() * 0
