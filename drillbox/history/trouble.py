"""What SQLite or the disk says, as one sentence with the way out."""

import errno
import os
import sqlite3

from drillbox.errors import HistoryError
from drillbox.words import _

_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_BARRED = {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM}
_FULL = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR}
_UNREADABLE = {sqlite3.SQLITE_IOERR_READ, sqlite3.SQLITE_IOERR_SHORT_READ}
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def code(error: BaseException) -> int:
    """SQLite's primary result code; 0 if the error is not SQLite's."""
    return int(getattr(error, "sqlite_errorcode", 0) or 0) & 0xFF


def damaged(error: BaseException) -> bool:
    """Is it the file itself that is broken?"""
    return code(error) in _DAMAGED


def said(error: Exception, path: str) -> HistoryError:
    """The sentence for an error that came up on `path`."""
    if isinstance(error, OSError):
        return HistoryError(_disk(error, path))
    return HistoryError(_database(error, path))


def _database(error: Exception, path: str) -> str:
    found = code(error)
    if found in _BUSY:
        return _(
            "{path} is held by another program; nothing was recorded: close that "
            "program, then try again"
        ).format(path=path)
    if found in _BARRED:
        return _(
            "{path} cannot be written; nothing was recorded: give yourself write "
            "permission on {directory}, or set DRILLBOX_HOME to a directory that you "
            "may write"
        ).format(path=path, directory=os.path.dirname(path))
    if found in _FULL and getattr(error, "sqlite_errorcode", 0) not in _UNREADABLE:
        return _(
            "the disk took no more of {path} ({why}); this was not recorded and "
            "everything before it is safe: free some space, then try again"
        ).format(path=path, why=error)
    if found in _DAMAGED:
        return _(
            "{path} is damaged ({why}) and could not be rebuilt; copy the whole "
            "directory before you do anything else"
        ).format(path=path, why=error)
    return _("{path} cannot be used: {why}").format(path=path, why=error)


def _disk(error: OSError, path: str) -> str:
    where = error.filename if isinstance(error.filename, str) else path
    if error.errno in _NO_ROOM:
        full = _("the disk took no more of {path}: free some space, then try again")
        return full.format(path=where)
    return _(
        "{path} cannot be used ({why}): mend that, or set DRILLBOX_HOME to a directory "
        "that you may write"
    ).format(path=where, why=error.strerror)
