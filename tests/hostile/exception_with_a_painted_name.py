"""Tries to paint the screen through the name and the text of an exception.

Must hold: messages are made printable before anyone sees them.
"""

# stopped by: printable

Painted = type("\x1b[2J\x1b[32mPASSED\x1b[0m\n\n", (BaseException,), {})


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    raise Painted("\x1b]0;6 of 6\x07 \u202eDESSAP\u202c \ud83d\udc00 \r\nok\x00" * 50)
