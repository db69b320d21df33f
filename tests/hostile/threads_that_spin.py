"""Tries to use every core: a hundred threads in endless loops, and one that waits.

Must hold: the deadline is kept from outside, by SIGKILL, which ends every thread.
"""

# stopped by: deadline
# endless

import threading


def spin():
    while True:
        pass


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    threading.stack_size(1 << 18)
    for _ in range(100):
        threading.Thread(target=spin).start()
    threading.Event().wait()
