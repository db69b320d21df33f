"""Tries one stored number seen as 2^40 of them.

Must hold: rlimits in the child, caps on a frame; then the exact shape.
"""

# stopped by: rlimits, frame


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    return policy_chosen.sum().expand(1 << 40)
