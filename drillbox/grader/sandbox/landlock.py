"""Landlock by ctypes: after `restrict` this process reads what it was given, no more.

Loaded by its path inside the learner's worker, so it imports the standard library
alone. The rules are made once, before the forks; each child only enters them.
See landlock(7); the numbers are the same on every architecture.
"""

import ctypes
import errno
import os
import struct
from collections.abc import Iterable
from typing import Any

_CREATE, _ADD, _RESTRICT = 444, 445, 446
_READ_FILE, _READ_DIR = 1 << 2, 1 << 3
_PATH_BENEATH = 1
_NET_BIND_CONNECT = 3
_SCOPE_SOCKET_SIGNAL = 3

# Windows has no such library, and imports this file only to ask what it lacks.
_libc: Any = ctypes.CDLL(None, use_errno=True) if hasattr(os, "fork") else None


def _call(number: int, *arguments: object) -> int:
    passed = [ctypes.c_long(a) if isinstance(a, int) else a for a in arguments]
    result = int(_libc.syscall(ctypes.c_long(number), *passed))
    if result < 0:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code))
    return result


def abi() -> int:
    """The version of Landlock this kernel has, by asking it; 0 for none."""
    try:
        return _call(_CREATE, None, 0, 1)
    except OSError:
        return 0


def switched_off() -> bool:
    """Whether this kernel has it and was started without it."""
    try:
        _call(_CREATE, None, 0, 1)
    except OSError as error:
        return error.errno == errno.EOPNOTSUPP
    return False


def _handled(version: int) -> int:
    """Every access to files that this version can forbid."""
    rights = (1 << 13) - 1
    for since, bit in ((2, 13), (3, 14), (5, 15)):
        rights |= 1 << bit if version >= since else 0
    return rights


def rules(read: Iterable[str], listed: Iterable[str]) -> int:
    """A rule set (a file descriptor) that allows reading `read` and listing `listed`.

    Everything else is forbidden: writing, other files, TCP (from version 4), sockets
    by name and signals to processes outside (from version 6).
    """
    version = abi()
    fields = [_handled(version)]
    fields += [_NET_BIND_CONNECT] if version >= 4 else []
    fields += [_SCOPE_SOCKET_SIGNAL] if version >= 6 else []
    packed = struct.pack(f"{len(fields)}Q", *fields)
    rule_set = _call(_CREATE, ctypes.create_string_buffer(packed), len(packed), 0)
    for path in read:
        _allow(rule_set, path, _READ_FILE | _READ_DIR)
    for path in listed:
        _allow(rule_set, path, _READ_DIR)
    return rule_set


def _allow(rule_set: int, path: str, rights: int) -> None:
    try:
        opened = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:  # a path this system lacks needs no rule
        return
    try:
        if not os.path.isdir(path):
            rights &= ~_READ_DIR
        rule = struct.pack("=QI", rights, opened)
        _call(_ADD, rule_set, _PATH_BENEATH, ctypes.create_string_buffer(rule), 0)
    finally:
        os.close(opened)


def restrict(rule_set: int) -> None:
    """Enter the rules for ever; `no_new_privs` must be set before."""
    _call(_RESTRICT, rule_set, 0)
