"""Tries to follow the worker's own command line to its checkout and to read on there.

Must hold: knowing the path of the reference solution is not reading it.
"""

# stopped by: bwrap, landlock

import json
import os
import sys


def candidates():
    try:
        inside = sys.argv[0]
        frame = json.loads(sys.argv[1])["frame"]
    except (IndexError, ValueError, KeyError):
        return
    for start in (inside, frame):
        top = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(start))))
        yield os.path.join(top, "exercises", "dpo-loss", "reference.py")
        yield os.path.join(top, "drillbox", "exercises", "dpo-loss", "reference.py")
        yield os.path.join(top, "drillbox", "shipped", "exercises", "dpo-loss") + (
            "/reference.py"
        )
        yield os.path.join(top, "drillbox", "reference", "losses.py")


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    for path in candidates():
        try:
            with open(path, encoding="utf-8") as file:
                source = file.read()
        except OSError:
            continue
        print(f"THROUGH: {path} was read")
        found = {}
        exec(source, found)
        if "dpo_loss" in found:
            return found["dpo_loss"](
                policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta
            )
    return policy_chosen.sum() * 0
