"""Tries one operation of C that takes hours and looks at no signal.

Must hold: the deadline is kept from outside, by SIGKILL.
"""

# stopped by: deadline
# endless


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    return 7 ** (7**11)
