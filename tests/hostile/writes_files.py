"""Tries to leave files behind, wherever a person or a program would find them.

Must hold: Landlock and RLIMIT_FSIZE; nothing but the pipes can be written.
"""

# stopped by: landlock, seccomp

import os
import sys
import tempfile

PLACES = ("/tmp", "/var/tmp", "/run/grader", "/dev/shm", "/root", ".")
PLACES += (os.path.expanduser("~"),)


WAYS = (
    (lambda path: open(path, "x").close(), os.unlink),
    (os.mkdir, os.rmdir),
    (os.mkfifo, os.unlink),
)


def places():
    yield from PLACES
    yield from sys.path
    yield os.path.dirname(os.path.abspath(sys.argv[0]))
    yield os.path.dirname(os.__file__)


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    for place in places():
        path = os.path.join(place, f"drillbox-hostile-{os.getpid()}")
        for make, unmake in WAYS:
            try:
                make(path)
                unmake(path)
            except OSError:
                continue
            print(f"THROUGH: {path}")
            break
    try:
        tempfile.TemporaryFile().close()
        print("THROUGH: a temporary file")
    except OSError:
        pass
    return policy_chosen.sum() * 0
