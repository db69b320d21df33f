"""Tries to run off the end of the stack, through C and back.

Must hold: only this child ends, and that is a failed case.
"""

# stopped by: fresh fork

import sys


def down(depth):
    return sum(map(down, [depth + 1]))


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    sys.setrecursionlimit(1 << 30)
    return down(0)
