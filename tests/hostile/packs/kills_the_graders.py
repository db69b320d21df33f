"""Tries to end the processes that grade, from the code of a course.

Must hold: seccomp and Landlock let a process signal itself alone.
"""

# stopped by: landlock, seccomp
# ends: graded

import os
import signal

WAYS = {
    "parent": lambda: os.kill(os.getppid(), signal.SIGKILL),
    "all": lambda: os.kill(-1, signal.SIGTERM),
}


def attack():
    for name, way in WAYS.items():
        try:
            way()
        except OSError:
            continue
        raise RuntimeError(f"THROUGH: {name}")
