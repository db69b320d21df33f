"""Tries to find the reference's text in memory that the fork server left to its child.

Must hold: the fork server never gets a reference solution, nor what became of one.
"""

# stopped by: absence

import gc
import sys

NEEDLE = "".join(("logsig", "moid(beta"))


def strings(start, most=200_000):
    seen, waiting = set(), [start]
    while waiting and len(seen) < most:
        one = waiting.pop()
        if id(one) in seen:
            continue
        seen.add(id(one))
        if isinstance(one, str | bytes):
            yield one
        elif not isinstance(one, type | type(sys)):
            waiting += gc.get_referents(one)


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    frame = sys._getframe(1)
    while frame:
        for value in list(frame.f_locals.values()):
            for text in strings(value, 20_000):
                if isinstance(text, bytes):
                    text = text.decode("utf-8", "replace")
                if NEEDLE in text and text != NEEDLE:
                    print("THROUGH: a solution is in memory")
        frame = frame.f_back
    return policy_chosen.sum() * 0
