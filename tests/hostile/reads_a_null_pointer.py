"""Tries to crash.

Must hold: only this child ends, and that is a failed case.
"""

# stopped by: fresh fork

import ctypes


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    return ctypes.string_at(0)
