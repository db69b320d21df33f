"""Tries to pass for a person who pressed Ctrl-C.

Must hold: every exception ends a case as failed, and only the case.
"""

# stopped by: verdict


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    raise KeyboardInterrupt
