"""Tries to look like drillbox: clears the screen and draws a panel that says PASSED.

Must hold: output is made printable, and framed.
"""

# stopped by: printable

PANEL = (
    "\x1b[2J\x1b[H\x1b[32m┌──────────────────────┐\r\n"
    "│ dpo-loss: passed     │\r\n"
    "└──────────────────────┘\x1b[0m\x1b]0;passed\x07\x1bc\x9b2J\u2028\u202e"
)


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    print(PANEL)
    return policy_chosen.sum() * 0
