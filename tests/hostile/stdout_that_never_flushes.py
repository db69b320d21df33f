"""Tries to hang the answer: replaces sys.stdout by one whose flush never returns.

Must hold: the deadline covers the answer too.
"""

# stopped by: deadline
# endless

import sys


class Stuck:
    def write(self, text):
        return len(text)

    def flush(self):
        while True:
            pass


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    sys.stdout = Stuck()
    return policy_chosen.sum() * 0
