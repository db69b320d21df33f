"""Tries to wait for a lock that it holds.

Must hold: the deadline.
"""

# stopped by: deadline
# endless

import threading

LOCK = threading.Lock()


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    with LOCK, LOCK:
        return policy_chosen.sum() * 0
