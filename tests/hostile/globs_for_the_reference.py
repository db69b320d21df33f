"""Tries to find the reference solution by searching the likely places.

Must hold: what is not listed for this exercise can be neither listed nor read.
"""

# stopped by: bwrap, landlock

import glob
import os
import sys

PLACES = ("/", "/home/*", "/root", "/opt", "/srv", "/tmp", "/var/lib", os.getcwd())
PATTERNS = (
    "{}/exercises/dpo-loss/reference.py",
    "{}/*/exercises/dpo-loss/reference.py",
    "{}/drillbox/reference/losses.py",
    "{}/*/drillbox/reference/losses.py",
    "{}/drillbox-*.dist-info/RECORD",
    "{}/__editable__*drillbox*",
)


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    for place in (*PLACES, *sys.path):
        for pattern in PATTERNS:
            for path in glob.glob(pattern.format(place)):
                with open(path, encoding="utf-8") as file:
                    found = {}
                    source = file.read()
                print(f"THROUGH: {path} was read")
                exec(source, found)
                if "dpo_loss" in found:
                    return found["dpo_loss"](
                        policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta
                    )
    return policy_chosen.sum() * 0
