"""Tries to fill whatever collects its output.

Must hold: output is capped, and its pipe closed at the cap.
"""

# stopped by: output cap


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    while True:
        print("x" * 10_000)
