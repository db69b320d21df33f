"""Tries to hand back an argument, as it is.

Must hold: shape and value are compared.
"""

# stopped by: verdict


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    return policy_chosen
