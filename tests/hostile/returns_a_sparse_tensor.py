"""Tries a layout whose numbers no reader of dense memory finds.

Must hold: dense layout only.
"""

# stopped by: carrying


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    return policy_chosen.sum().to_sparse()
