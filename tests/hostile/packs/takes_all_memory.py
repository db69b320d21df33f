"""Tries to take all the memory there is.

Must hold: RLIMIT_AS.
"""

# stopped by: rlimits
# ends: refused

import numpy as np


def attack():
    held = []
    while True:
        held.append(np.ones(1 << 24))
