"""Tries to take all the time there is before there is a function.

Must hold: the deadline covers the file itself.
"""

# stopped by: deadline
# endless

while True:
    pass


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    return policy_chosen.sum() * 0
