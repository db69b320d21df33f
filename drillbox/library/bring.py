"""Copying a course in: from a folder or a zip, into a folder that nothing uses yet."""

import lzma
import os
import shutil
import stat
import zipfile
import zlib
from collections.abc import Iterator

from drillbox.errors import ContentError
from drillbox.library.marks import visible
from drillbox.words import _

MAX_FILES = 5_000
MAX_BYTES = 200_000_000  # of the whole course
_SKIPPED = frozenset({".git", "__pycache__", ".DS_Store", "__MACOSX"})

# What a zip that is torn, encrypted or packed in a strange way makes zipfile raise.
_BROKEN = (
    OSError,
    EOFError,
    RuntimeError,
    ValueError,
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
)


def copy_in(source: str, target: str) -> None:
    """Copy the course at `source` (a folder or a zip) to the new folder `target`.

    Regular files only, no links, nothing outside. Raises ContentError and leaves
    nothing behind if that cannot be.
    """
    try:
        if os.path.isdir(source):
            _copy_folder(source, target)
        elif zipfile.is_zipfile(source):
            _unpack(source, target)
        else:
            raise ContentError(_neither(source))
    except BaseException as error:
        shutil.rmtree(target, ignore_errors=True)
        if isinstance(error, _BROKEN):
            said = _said(error, target)
            copied = _("{source} cannot be copied: {why}")
            raise ContentError(copied.format(source=source, why=said)) from error
        raise


def _neither(source: str) -> str:
    if not source:
        return _("the path is empty; give a folder or a zip file")
    if not os.path.exists(source):
        return _("there is no folder or zip file {source}").format(source=source)
    return _("{source} is neither a folder nor a zip file").format(source=source)


def _said(error: BaseException, target: str) -> str:
    """The reason, with the name of the file as it is in the course."""
    if not isinstance(error, OSError) or not error.strerror:
        return str(error)
    name = str(error.filename or "").removeprefix(os.path.join(target, ""))
    return f"{error.strerror} ({visible(name)})" if name else error.strerror


def _copy_folder(source: str, target: str) -> None:
    budget = _Budget(source)
    for path in _files(source):
        budget.spend(os.path.getsize(path))
        goal = os.path.join(target, os.path.relpath(path, source))
        os.makedirs(os.path.dirname(goal), exist_ok=True)
        shutil.copyfile(path, goal, follow_symlinks=False)


def _files(source: str) -> Iterator[str]:
    for folder, names, files in os.walk(source, onerror=_refuse):
        names[:] = sorted(set(names) - _SKIPPED)
        linked = [name for name in names if os.path.islink(os.path.join(folder, name))]
        for name in [*linked, *sorted(set(files) - _SKIPPED)]:
            path = os.path.join(folder, name)
            if not stat.S_ISREG(os.lstat(path).st_mode):
                said = _(
                    "{path} is a link or no regular file; put the file itself there"
                )
                raise ContentError(said.format(path=path))
            yield path


def _refuse(error: OSError) -> None:
    raise error  # os.walk would leave an unreadable folder out


def _unpack(source: str, target: str) -> None:
    budget = _Budget(source)
    with zipfile.ZipFile(source) as archive:
        for entry in archive.infolist():
            parts = entry.filename.replace("\\", "/").split("/")
            if entry.is_dir() or _SKIPPED & set(parts):
                continue
            _check(source, entry, parts)
            goal = os.path.join(target, *parts)
            os.makedirs(os.path.dirname(goal), exist_ok=True)
            with archive.open(entry) as packed, open(goal, "wb") as file:
                while chunk := packed.read(1 << 16):  # the size it claims may be a lie
                    budget.spend(len(chunk), files=0)
                    file.write(chunk)
            budget.spend(0)
    if not os.path.isdir(target):
        raise ContentError(_("{source} holds no files").format(source=source))
    inner = _only_folder(target)
    if inner is not None:
        _lift(inner, target)


def _check(source: str, entry: zipfile.ZipInfo, parts: list[str]) -> None:
    """Refuse an entry that would land outside, or is something else than a file."""
    mode = entry.external_attr >> 16
    if {"", ".", ".."} & set(parts) or ":" in parts[0]:
        said = _("{source} holds a path that leads outside ({name}); nothing copied")
    elif stat.S_IFMT(mode) not in (0, stat.S_IFREG):
        said = _("{source} holds a link or no regular file ({name}); nothing copied")
    elif not entry.filename.isprintable():
        said = _(
            "{source} holds a name that no file should have ({name}); nothing copied"
        )
    else:
        return
    raise ContentError(said.format(source=source, name=visible(entry.filename)))


def _only_folder(target: str) -> str | None:
    """The folder that a zip was made of, if it holds nothing else."""
    names = os.listdir(target)
    if len(names) == 1 and os.path.isdir(os.path.join(target, names[0])):
        return os.path.join(target, names[0])
    return None


def _lift(inner: str, target: str) -> None:
    aside = f"{target}.lifting"
    os.rename(inner, aside)
    os.rmdir(target)
    os.rename(aside, target)


class _Budget:
    """Refuses a course that is no course but a flood."""

    def __init__(self, source: str) -> None:
        self.source, self.bytes, self.files = source, MAX_BYTES, MAX_FILES

    def spend(self, count: int, files: int = 1) -> None:
        self.bytes -= count
        self.files -= files
        if self.bytes < 0 or self.files < 0:
            said = _("{source} is larger than {n} files or {m} MB; nothing copied")
            most = MAX_BYTES // 1_000_000
            raise ContentError(said.format(source=self.source, n=MAX_FILES, m=most))
