"""Tries to start programs and processes, from the code of a course.

Must hold: seccomp refuses both.
"""

# stopped by: landlock, seccomp
# ends: graded

import os
import subprocess


def forked():
    if os.fork() == 0:
        os._exit(0)


WAYS = {
    "subprocess": lambda: subprocess.run(["/bin/true"], check=True),
    "fork": forked,
    "posix_spawn": lambda: os.posix_spawn("/bin/true", ["true"], {}),
}


def attack():
    for name, way in WAYS.items():
        try:
            way()
        except OSError:
            continue
        raise RuntimeError(f"THROUGH: {name}")
