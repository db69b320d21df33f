"""Tries to plant links, by which a later program reads or writes the wrong file.

Must hold: Landlock and seccomp: no name can be made.
"""

# stopped by: landlock, seccomp

import os

NAME = f"/tmp/drillbox-hostile-{os.getpid()}"
LIBRARY = os.__file__


def made(make, target):
    def way():
        make(target, NAME)
        os.unlink(NAME)

    return way


WAYS = {
    "a symbolic link": made(os.symlink, "/etc/passwd"),
    "a hard link": made(os.link, LIBRARY),
    "a pipe with a name": lambda: os.mkfifo(NAME) or os.unlink(NAME),
}


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    for name, way in WAYS.items():
        try:
            way()
        except OSError:
            continue
        print(f"THROUGH: {name}")
    return policy_chosen.sum() * 0
