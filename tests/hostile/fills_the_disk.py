"""Tries to fill a disk, or the memory that passes for one.

Must hold: RLIMIT_FSIZE, Landlock and seccomp: not one byte is written.
"""

# stopped by: landlock, seccomp, rlimits

import os

PLACES = ("/tmp", "/var/tmp", "/run/grader", "/dev/shm", "/run", "/")


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    for place in PLACES:
        path = f"{place}/drillbox-hostile-{os.getpid()}"
        try:
            with open(path, "xb", buffering=0) as file:
                try:
                    file.write(b"x" * 65536)
                    print(f"THROUGH: {path} holds {os.path.getsize(path)} bytes")
                finally:
                    os.unlink(path)
        except OSError:
            continue
    return policy_chosen.sum() * 0
