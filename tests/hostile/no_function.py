"""Tries to be nothing but a text that mentions dpo_loss.

Must hold: a function that is missing is said to be missing.
"""

# stopped by: verdict

WORDS = "def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta)"
