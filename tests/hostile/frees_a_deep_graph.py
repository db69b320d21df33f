"""Tries a graph of 20,000 nodes, whose backward and whose end might recurse.

Must hold: the deadline; else its value is wrong.
"""

# stopped by: verdict


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    value = policy_chosen.sum()
    for _ in range(20_000):
        value = value + 0
    return value
