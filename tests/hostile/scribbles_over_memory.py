"""Tries to overwrite objects of the interpreter: small whole numbers, None's count.

Must hold: only this child sees it, and whatever it sends is judged by its values.
"""

# stopped by: fresh fork

import ctypes


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    for number in range(5):
        ctypes.c_uint32.from_address(id(number) + 24).value = 7
    return policy_chosen.sum() * 0
