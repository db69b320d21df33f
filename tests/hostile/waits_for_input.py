"""Tries to wait for a person at standard input.

Must hold: standard input is empty.
"""

# stopped by: descriptors

import sys


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    sys.stdin = open(0)  # noqa: SIM115
    input("Passed? [Y/n] ")
    return policy_chosen.sum() * 0
