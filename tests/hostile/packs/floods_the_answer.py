"""Tries to fill the memory of whoever reads the answer.

Must hold: a result is capped, and its pipe closed at the cap.
"""

# stopped by: frame
# ends: refused

import os


def attack():
    block = b"DBX1" + b"\xff" * (1 << 20)
    while True:
        os.write(3, block)
