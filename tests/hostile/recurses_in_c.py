"""Tries to run off the end of the stack inside C: lists nested 50,000 deep, compared.

Must hold: only this child ends, and that is a failed case.
"""

# stopped by: fresh fork

import sys


def nested():
    one = []
    for _ in range(50_000):
        one = [one]
    return one


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    sys.setrecursionlimit(1 << 30)
    return nested() == nested()
