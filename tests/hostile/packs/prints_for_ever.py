"""Tries to fill whatever collects the output.

Must hold: output is capped, and its pipe closed at the cap.
"""

# stopped by: output cap
# ends: refused


def attack():
    while True:
        print("x" * 10_000)
