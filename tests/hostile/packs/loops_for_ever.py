"""Tries to keep the learner waiting for ever.

Must hold: the deadline is kept from outside, by SIGKILL.
"""

# stopped by: deadline
# ends: refused


def attack():
    while True:
        pass
