"""Tries to leave with exit code 0 in place of an answer.

Must hold: no answer is no grade, and no pass.
"""

# stopped by: frame
# ends: refused

import os


def attack():
    os._exit(0)
