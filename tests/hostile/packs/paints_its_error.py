"""Tries to paint the screen through the text of an error.

Must hold: what a reference says is made printable.
"""

# stopped by: printable
# ends: refused


def attack():
    raise ValueError("\x1b[2J\x1b[32mPASSED\u202e\n" * 99)
