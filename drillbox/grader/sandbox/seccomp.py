"""A seccomp filter by ctypes: no programs, processes, sockets, signals or new files.

Loaded by its path inside the learner's worker, so it imports the standard library
alone. A forbidden call answers EPERM, so that Python shows the line; clone3 answers
ENOSYS, so that glibc falls back to clone, whose flags the filter can read.
"""

import ctypes
import os
import platform
import struct
from typing import Any

_ALLOW, _KILL, _ERRNO = 0x7FFF0000, 0x80000000, 0x00050000
_EPERM, _ENOSYS = 1, 38
_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_NUMBER_AT, _ARCH_AT = 0, 4
_CLONE_THREAD = 0x00010000
# O_WRONLY, O_RDWR, O_CREAT, O_TRUNC, the bit of O_TMPFILE: 1, 2, 0o100, 0o1000, 1 << 22
_WRITES = 0o1103 | 1 << 22
# fcntl: who is signalled about a descriptor, by which signal, leases, directory notes;
# a pipe of our own could end another process so. ioctl: the same, and typing.
_FCNTL_NO = (8, 10, 15, 1024, 1026)
_IOCTL_NO = (0x5412, 0x541C, 0x8901, 0x8902)  # TIOCSTI, TIOCLINUX, F- and SIOCSPGRP
_X32 = 0x40000000
_PDEATHSIG = 1

_ARCH = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
_SECCOMP = {"x86_64": 317, "aarch64": 277}

# name: (x86_64, aarch64); None where the architecture has no such call
_DENIED: dict[str, tuple[int | None, int | None]] = {
    "execve": (59, 221),
    "execveat": (322, 281),
    "fork": (57, None),
    "vfork": (58, None),
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "process_madvise": (440, 440),
    "kcmp": (312, 272),
    "socket": (41, 198),
    "socketpair": (53, 199),
    "connect": (42, 203),
    "bind": (49, 200),
    "io_uring_setup": (425, 425),
    "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427),
    "bpf": (321, 280),
    "userfaultfd": (323, 282),
    "perf_event_open": (298, 241),
    "mount": (165, 40),
    "umount2": (166, 39),
    "pivot_root": (155, 41),
    "chroot": (161, 51),
    "unshare": (272, 97),
    "setns": (308, 268),
    "open_tree": (428, 428),
    "move_mount": (429, 429),
    "fsopen": (430, 430),
    "fsconfig": (431, 431),
    "fsmount": (432, 432),
    "mount_setattr": (442, 442),
    "keyctl": (250, 219),
    "add_key": (248, 217),
    "request_key": (249, 218),
    "init_module": (175, 105),
    "finit_module": (313, 273),
    "delete_module": (176, 106),
    "kexec_load": (246, 104),
    "reboot": (169, 142),
    "swapon": (167, 224),
    "swapoff": (168, 225),
    "name_to_handle_at": (303, 264),
    "open_by_handle_at": (304, 265),
    "pidfd_open": (434, 434),
    "pidfd_getfd": (438, 438),
    "pidfd_send_signal": (424, 424),
    "tkill": (200, 130),
    "rt_sigqueueinfo": (129, 138),
    "rt_tgsigqueueinfo": (297, 240),
    "setsid": (112, 157),
    "setpgid": (109, 154),
    "setrlimit": (160, 164),
    "setpriority": (141, 140),
    "sched_setaffinity": (203, 122),
    "sched_setscheduler": (144, 119),
    "sched_setparam": (142, 118),
    "sched_setattr": (314, 274),
    "ioprio_set": (251, 30),
    "migrate_pages": (256, 238),
    "move_pages": (279, 239),
    "quotactl": (179, 60),
    "personality": (135, 92),
    "settimeofday": (164, 170),
    "clock_settime": (227, 112),
    "adjtimex": (159, 171),
    "clock_adjtime": (305, 266),
    "sethostname": (170, 161),
    "setdomainname": (171, 162),
    "acct": (163, 89),
    "shmget": (29, 194),
    "shmat": (30, 196),
    "shmctl": (31, 195),  # could take away what other programs share
    "msgget": (68, 186),
    "msgsnd": (69, 189),
    "msgrcv": (70, 188),
    "msgctl": (71, 187),
    "semget": (64, 190),
    "semop": (65, 193),
    "semtimedop": (220, 192),
    "semctl": (66, 191),
    "mq_open": (240, 180),
    "mq_unlink": (241, 181),
    "inotify_init": (253, None),
    "inotify_init1": (294, 26),
    "fanotify_init": (300, 262),
    "syslog": (103, 116),
    # Files: Landlock restricts truncation from version 3 on, and may be missing.
    "creat": (85, None),
    "openat2": (437, 437),  # its flags lie where a filter cannot look
    "truncate": (76, 45),
    "mkdir": (83, None),
    "mkdirat": (258, 34),
    "mknod": (133, None),
    "mknodat": (259, 33),
    "rename": (82, None),
    "renameat": (264, 38),
    "renameat2": (316, 276),
    "link": (86, None),
    "linkat": (265, 37),
    "symlink": (88, None),
    "symlinkat": (266, 36),
    "unlink": (87, None),
    "unlinkat": (263, 35),
    "rmdir": (84, None),
    # Landlock rules over contents; modes, owners, times and attributes are left to us.
    "chmod": (90, None),
    "fchmod": (91, 52),
    "fchmodat": (268, 53),
    "fchmodat2": (452, 452),
    "chown": (92, None),
    "fchown": (93, 55),
    "lchown": (94, None),
    "fchownat": (260, 54),
    "utime": (132, None),
    "utimes": (235, None),
    "futimesat": (261, None),
    "utimensat": (280, 88),
    "setxattr": (188, 5),
    "lsetxattr": (189, 6),
    "fsetxattr": (190, 7),
    "setxattrat": (463, 463),
    "removexattr": (197, 14),
    "lremovexattr": (198, 15),
    "fremovexattr": (199, 16),
    "removexattrat": (466, 466),
    "seccomp": (317, 277),
}
_CLONE = (56, 220)
_CLONE3 = 435
_PRCTL = (157, 167)
_PRLIMIT = (302, 261)
_SIGNALS = ((62, 129), (234, 131))  # kill, tgkill: to itself alone
_OPEN, _OPENAT = (2, None), (257, 56)
_FCNTL, _IOCTL = (72, 25), (16, 29)

# Windows has no such library, and imports this file only to ask what it lacks.
_libc: Any = ctypes.CDLL(None, use_errno=True) if hasattr(os, "fork") else None


def available() -> bool:
    """Whether this file knows the calls of this architecture."""
    return platform.machine() in _ARCH and struct.calcsize("P") == 8


def _do(code: int, value: int) -> bytes:
    return struct.pack("HBBI", code, 0, 0, value)


def _if(test: int, value: int, then: int, otherwise: int) -> bytes:
    """Skip `then` instructions where the test holds, else `otherwise`."""
    return struct.pack("HBBI", test, then, otherwise, value)


def _argument(index: int, high: bool = False) -> bytes:
    return _do(_LOAD, 16 + 8 * index + 4 * high)


_YES, _NO = _do(_RETURN, _ALLOW), _do(_RETURN, _ERRNO | _EPERM)


def _when(number: int, rules: list[bytes]) -> list[bytes]:
    """These rules, each way of which returns, for calls of this number alone."""
    return [_if(_EQUAL, number, 0, len(rules)), *rules]


def _clone(number: int) -> list[bytes]:
    """Threads, no processes."""
    return _when(number, [_argument(0), _if(_ANY_BIT, _CLONE_THREAD, 0, 1), _YES, _NO])


def _to_itself(column: int, pid: int) -> list[bytes]:
    """Signals to this very process."""
    rules = [_argument(0), _if(_EQUAL, pid, 0, 1), _YES, _NO]
    return [part for pair in _SIGNALS for part in _when(pair[column], rules)]


def _among(number: int, index: int, denied: tuple[int, ...]) -> list[bytes]:
    """All but these values of one argument, of which the kernel reads 32 bits."""
    rules = [_argument(index)]
    for value in denied:
        rules += [_if(_EQUAL, value, 0, 1), _NO]
    return _when(number, [*rules, _YES])


def _prlimit(number: int) -> list[bytes]:
    """Reading a limit: the pointer to a new one is null, both halves of it."""
    rules = [_argument(2), _if(_EQUAL, 0, 0, 3), _argument(2, high=True)]
    return _when(number, [*rules, _if(_EQUAL, 0, 0, 1), _YES, _NO])


def _to_write(number: int | None, index: int) -> list[bytes]:
    """Opening a file, but not to write, make or empty it."""
    if number is None:
        return []
    return _when(number, [_argument(index), _if(_ANY_BIT, _WRITES, 0, 1), _NO, _YES])


def program(machine: str, pid: int) -> bytes:
    """The filter for a process `pid` on this machine."""
    column = list(_ARCH).index(machine)
    parts = [_do(_LOAD, _ARCH_AT), _if(_EQUAL, _ARCH[machine], 1, 0)]
    parts += [_do(_RETURN, _KILL), _do(_LOAD, _NUMBER_AT)]
    if machine == "x86_64":
        parts += [_if(_AT_LEAST, _X32, 0, 1), _do(_RETURN, _KILL)]
    for numbers in _DENIED.values():
        if (number := numbers[column]) is not None:
            parts += [_if(_EQUAL, number, 0, 1), _NO]
    parts += [_if(_EQUAL, _CLONE3, 0, 1), _do(_RETURN, _ERRNO | _ENOSYS)]
    parts += [*_clone(_CLONE[column]), *_to_itself(column, pid)]
    parts += [*_among(_PRCTL[column], 0, (_PDEATHSIG,)), *_prlimit(_PRLIMIT[column])]
    parts += [*_among(_FCNTL[column], 1, _FCNTL_NO)]
    parts += [*_among(_IOCTL[column], 1, _IOCTL_NO)]
    parts += [*_to_write(_OPEN[column], 1), *_to_write(_OPENAT[column], 2)]
    return b"".join([*parts, _YES])


def enter() -> None:
    """Filter this process and all its threads for ever; `no_new_privs` comes before."""
    machine = platform.machine()
    code = program(machine, os.getpid())
    buffer = ctypes.create_string_buffer(code, len(code))
    head = struct.pack("HxxxxxxQ", len(code) // 8, ctypes.addressof(buffer))
    number = ctypes.c_long(_SECCOMP[machine])
    set_filter, all_threads = ctypes.c_long(1), ctypes.c_long(1)
    argument = ctypes.create_string_buffer(head, len(head))
    if _libc.syscall(number, set_filter, all_threads, argument) != 0:
        code_of = ctypes.get_errno()
        raise OSError(code_of, os.strerror(code_of))
