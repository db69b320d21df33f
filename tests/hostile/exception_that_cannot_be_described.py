"""Tries to break the description of an error: name and text that raise or are no text.

Must hold: a child that cannot answer ends, and that is a failed case.
"""

# stopped by: frame


class Odd(type):
    @property
    def __name__(cls):
        return 7


class Unspeakable(Exception, metaclass=Odd):
    def __str__(self):
        raise SystemExit(0)


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    raise Unspeakable
