"""Tries to hang whoever asks an exception for its text.

Must hold: the text is asked for in the child, before the deadline.
"""

# stopped by: deadline
# endless


class Endless(Exception):
    def __str__(self):
        while True:
            pass


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    raise Endless
