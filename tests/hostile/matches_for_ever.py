"""Tries a regular expression that backtracks without end.

Must hold: the deadline is kept from outside, by SIGKILL.
"""

# stopped by: deadline
# endless

import re


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    return re.match(r"(a|a)*$", "a" * 60 + "b")
