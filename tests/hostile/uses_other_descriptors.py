"""Tries to find a descriptor that was left open: sockets, rules, jobs of others.

Must hold: all but the five of its own are closed.
"""

# stopped by: descriptors

import os


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    for descriptor in range(4, 1024):
        try:
            os.fstat(descriptor)
        except OSError:
            continue
        if descriptor != 4:  # the standard streams' own null device may stay
            print(f"THROUGH: descriptor {descriptor} is open")
    return policy_chosen.sum() * 0
