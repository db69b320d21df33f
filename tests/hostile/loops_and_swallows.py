"""Tries to loop for ever and to swallow whatever is raised in it.

Must hold: the deadline is kept from outside, by SIGKILL.
"""

# stopped by: deadline
# endless


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    while True:
        try:
            while True:
                pass
        except BaseException:
            continue
