"""Reading a learner's file: only text leaves here, the sandbox never sees a path."""

import errno
import os
import stat

from drillbox.errors import GraderError
from drillbox.grader.printable import line

MOST = 1 << 20
_SHOWN = 1000  # characters of a path
_FLAGS = os.O_RDONLY
for _name in ("O_NONBLOCK", "O_CLOEXEC", "O_NOFOLLOW"):  # Windows lacks these
    _FLAGS |= getattr(os, _name, 0)


def read(path: str) -> str:
    """The text of a Python file; GraderError says what else it is.

    Opened without waiting, so a pipe with no writer cannot hang us; a link is not
    followed, since the text of what it leads to would be shown in messages.
    """
    shown = line(path, _SHOWN)
    if path.endswith(".ipynb"):
        raise GraderError(
            f"{shown} is a notebook; call drillbox.check(exercise, function) inside it"
        )
    try:
        descriptor = os.open(path, _FLAGS)
    except FileNotFoundError:
        raise GraderError(f"there is no file {shown}") from None
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise GraderError(f"{shown} is a link; give the file itself") from None
        raise GraderError(f"{shown} cannot be opened: {error.strerror}") from None
    try:
        return _decoded(shown, _bytes(shown, descriptor))
    finally:
        os.close(descriptor)


def _bytes(path: str, descriptor: int) -> bytes:
    status = os.fstat(descriptor)
    if stat.S_ISDIR(status.st_mode):
        raise GraderError(f"{path} is a directory; give the file in it")
    if not stat.S_ISREG(status.st_mode):
        raise GraderError(f"{path} is no regular file; give a Python file")
    if status.st_size > MOST:
        raise GraderError(f"{path} has {status.st_size:,} bytes; at most {MOST:,}")
    data = bytearray()
    while part := os.read(descriptor, 1 << 16):
        data += part
        if len(data) > MOST:  # it grew while it was read
            raise GraderError(f"{path} has more than {MOST:,} bytes")
    return bytes(data)


def _decoded(path: str, data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        at = data[: error.start].count(b"\n") + 1
        raise GraderError(
            f"{path}:{at}: this is not UTF-8; save the file as UTF-8"
        ) from None
