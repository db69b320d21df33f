"""Tries to plant links, by which a later program reads or writes the wrong file.

Must hold: Landlock and seccomp: no name can be made.
"""

# stopped by: landlock, seccomp

import os

NAMES = [f"{place}/drillbox-hostile-{os.getpid()}" for place in ("/tmp", "/run/grader")]
LIBRARY = os.__file__


WAYS = {
    "a symbolic link": lambda name: os.symlink("/etc/passwd", name),
    "a hard link": lambda name: os.link(LIBRARY, name),
    "a pipe with a name": os.mkfifo,
}


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    for path in NAMES:
        for name, way in WAYS.items():
            try:
                way(path)
                os.unlink(path)
            except OSError:
                continue
            print(f"THROUGH: {name}")
    return policy_chosen.sum() * 0
