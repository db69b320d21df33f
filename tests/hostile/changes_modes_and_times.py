"""Tries to change modes, owners, times and attributes of files it cannot even read.

What it sets is what is there already, so nothing is harmed where it gets through; a
worse one would have locked a person out of their home.
Must hold: seccomp refuses the calls, since Landlock does not; or a read-only view.
"""

# stopped by: seccomp

import os

PATHS = ("/tmp", "/run/grader", os.path.dirname(os.__file__))


def same_mode(path, status):
    os.chmod(path, status.st_mode & 0o7777)


def same_owner(path, status):
    os.chown(path, status.st_uid, status.st_gid)


def same_times(path, status):
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


def attribute(path, status):
    os.setxattr(path, "user.drillbox-hostile", b"", os.XATTR_REPLACE)


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    for path in filter(os.path.exists, PATHS):
        status = os.stat(path)
        for way in (same_mode, same_owner, same_times, attribute):
            try:
                way(path, status)
            except PermissionError:
                continue
            except OSError as error:
                # Refused where nothing could be written, or it was looked for in vain:
                # the second means that the call went through.
                if error.errno in (30, 95):
                    continue
            print(f"THROUGH: {way.__name__} {path}")
    return policy_chosen.sum() * 0
