"""Tries to take all the time there is.

Must hold: the deadline.
"""

# stopped by: deadline
# endless


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    while True:
        pass
