"""Tries a NaN, which no comparison of the kind |a − b| > tolerance ever refuses.

Must hold: finite comes before close.
"""


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    return policy_chosen.sum() * float("nan")
