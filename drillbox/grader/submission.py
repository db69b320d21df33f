"""Reading a learner's file: only text leaves here, the sandbox never sees a path."""

import errno
import os
import stat

from drillbox.errors import GraderError
from drillbox.grader.printable import line
from drillbox.places import short
from drillbox.words import _

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
    shown = line(short(path), _SHOWN)
    if path.endswith(".ipynb"):
        said = _(
            "{file} is a notebook; call drillbox.check(exercise, function) inside it"
        )
        raise GraderError(said.format(file=shown))
    try:
        descriptor = os.open(path, _FLAGS)
    except FileNotFoundError:
        raise GraderError(_("there is no file {file}").format(file=shown)) from None
    except OSError as error:
        if error.errno == errno.ELOOP:
            link = _("{file} is a link; give the file itself")
            raise GraderError(link.format(file=shown)) from None
        closed = _("{file} cannot be opened: {why}")
        raise GraderError(closed.format(file=shown, why=error.strerror)) from None
    try:
        return _decoded(shown, _bytes(shown, descriptor))
    finally:
        os.close(descriptor)


def _bytes(path: str, descriptor: int) -> bytes:
    status = os.fstat(descriptor)
    if stat.S_ISDIR(status.st_mode):
        folder = _("{file} is a directory; give the file in it")
        raise GraderError(folder.format(file=path))
    if not stat.S_ISREG(status.st_mode):
        odd = _("{file} is no regular file; give a Python file")
        raise GraderError(odd.format(file=path))
    if status.st_size > MOST:
        large = _("{file} has {n} bytes; at most {most}")
        size, most = f"{status.st_size:,}", f"{MOST:,}"
        raise GraderError(large.format(file=path, n=size, most=most))
    data = bytearray()
    while part := os.read(descriptor, 1 << 16):
        data += part
        if len(data) > MOST:  # it grew while it was read
            more = _("{file} has more than {n} bytes")
            raise GraderError(more.format(file=path, n=f"{MOST:,}"))
    return bytes(data)


def _decoded(path: str, data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        at = data[: error.start].count(b"\n") + 1
        said = _("{place}: this is not UTF-8; save the file as UTF-8")
        raise GraderError(said.format(place=f"{path}:{at}")) from None
