"""Tries to hang where its result is thrown away.

Must hold: the deadline covers all that the child does.
"""

# stopped by: deadline
# endless


class Endless:
    def __del__(self):
        while True:
            pass


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    return Endless()
