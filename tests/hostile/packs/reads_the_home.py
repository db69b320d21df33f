"""Tries to read the learner's files from the code of a course.

Must hold: not listed is neither bound nor readable.
"""

# stopped by: bwrap, landlock
# ends: graded

import glob
import os

PATHS = ("/etc/passwd", *glob.glob("/root/.*"), *glob.glob("/home/*/.*"))


def read(path):
    with open(path, "rb") as file:
        file.read(1)


WAYS = {path: lambda path=path: read(path) for path in PATHS if not os.path.isdir(path)}


def attack():
    for name, way in WAYS.items():
        try:
            way()
        except OSError:
            continue
        raise RuntimeError(f"THROUGH: {name}")
