"""Tries to leave files, from the code of a course.

Must hold: Landlock and seccomp: nothing can be written.
"""

# stopped by: landlock, seccomp
# ends: graded

import os

NAME = f"/tmp/drillbox-hostile-{os.getpid()}"


def made():
    os.close(os.open(NAME, os.O_CREAT | os.O_WRONLY))
    os.unlink(NAME)


WAYS = {"a file": made, "a directory": lambda: os.mkdir(NAME) or os.rmdir(NAME)}


def attack():
    for name, way in WAYS.items():
        try:
            way()
        except OSError:
            continue
        raise RuntimeError(f"THROUGH: {name}")
