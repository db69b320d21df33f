"""Tries to take the worker with it.

Must hold: only this child ends.
"""

# stopped by: fresh fork
# ends: refused

import ctypes


def attack():
    ctypes.string_at(0)
