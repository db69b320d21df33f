"""Reading a learner's file: only text leaves here, the sandbox never sees a path."""

import os
import stat

from drillbox.errors import GraderError

MOST = 1 << 20


def read(path: str) -> str:
    """The text of a Python file; GraderError says what else it is.

    Opened without waiting, so a pipe with no writer cannot hang us.
    """
    if path.endswith(".ipynb"):
        raise GraderError(
            f"{path} is a notebook; call drillbox.check(exercise, function) inside it"
        )
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)
    try:
        descriptor = os.open(path, flags)
    except FileNotFoundError:
        raise GraderError(f"there is no file {path}") from None
    except OSError as error:
        raise GraderError(f"{path} cannot be opened: {error.strerror}") from None
    try:
        return _decoded(path, _bytes(path, descriptor))
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
        line = data[: error.start].count(b"\n") + 1
        raise GraderError(
            f"{path}:{line}: this is not UTF-8; save the file as UTF-8"
        ) from None
