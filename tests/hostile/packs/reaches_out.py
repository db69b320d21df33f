"""Tries to send the learner's work away, from the code of a course.

Must hold: seccomp refuses sockets, and there is no network.
"""

# stopped by: seccomp
# ends: graded

import socket

WAYS = {
    "tcp": lambda: socket.create_connection(("127.0.0.1", 9), 0.1).close(),
    "a socket": lambda: socket.socket().close(),
    "a local socket": lambda: socket.socket(socket.AF_UNIX).close(),
}


def attack():
    for name, way in WAYS.items():
        try:
            way()
        except OSError:
            continue
        raise RuntimeError(f"THROUGH: {name}")
