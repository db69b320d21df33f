"""Tries to leave by a SystemExit that carries a message of success.

Must hold: every exception ends a case as failed, also one that is no Exception.
"""

# stopped by: verdict


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    raise SystemExit("6 of 6 cases right")
