"""Tries to drown the message: 150 MB of text, 20,000 causes, a group of both.

Must hold: a message is cut where it is made and where it is shown.
"""

# stopped by: printable


class Huge(Exception):
    def __str__(self):
        return "\x1b[31m" * 30_000_000


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    error = None
    for _ in range(20_000):
        following = ValueError("x")
        following.__cause__ = error
        error = following
    raise ExceptionGroup("y" * 1_000_000, [error, Huge()]) from Huge()
