"""Tries to type a command into the terminal that drillbox runs in.

Must hold: a session without a terminal; no device can be opened.
"""

# stopped by: descriptors

import fcntl
import os
import termios


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    for descriptor in (0, 1, 2):
        try:
            fcntl.ioctl(descriptor, termios.TIOCSTI, b"#")
            print("THROUGH: TIOCSTI")
        except OSError:
            continue
    for path in ("/dev/tty", "/dev/console", "/dev/pts/0"):
        try:
            os.close(os.open(path, os.O_RDWR | os.O_NOCTTY))
            print(f"THROUGH: {path}")
        except OSError:
            continue
    return policy_chosen.sum() * 0
