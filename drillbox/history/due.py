"""How many cards are due: for a shell prompt, so the standard library alone.

Opens the database read-only and creates nothing beside it. Without a database nothing
is due.
"""

import os
import sys
import time

from drillbox import places
from drillbox.words import N_, _, ngettext

TYPE_CHECKING = False  # type checkers take it for true
if TYPE_CHECKING:
    import sqlite3
else:
    try:  # the half in C: the other one imports `datetime`, 3 ms together
        import _sqlite3 as sqlite3
    except ImportError:
        import sqlite3

VERSION = 2  # of the database, as in store.py
_COUNTED = 2  # from this version on, sums are kept
_BUSY_S = 0.5
_EPOCH = 719_163  # 1970-01-01 as a date's ordinal
_DAY_S = 86_400
_DAY_STARTS_S = 4 * 3600
_HELD = N_("{path} is held by another program; close it")
_OPTIONS = ("--json", "--quiet")

IS_DUE = (
    "(s.due <= :today or (s.brought = :today and s.last_answer is not :today) or "
    "(s.fingerprint <> '' and l.fingerprint <> '' and s.fingerprint <> l.fingerprint))"
)
LIVE = (
    "from live l join schedule s on s.course = l.course and s.item = l.item "
    "where s.suspended = 0"
)
ODD = (  # due for another reason than its day: the few that `waits` does not count
    "from (select course, item from changed union "
    "select course, item from schedule where brought = :today) o "
    "join live l on l.course = o.course and l.item = o.item "
    "join schedule s on s.course = o.course and s.item = o.item "
    f"where s.suspended = 0 and (s.due is null or s.due > :today) and {IS_DUE}"
)
_KEPT = "select (select seq from counted) is (select coalesce(max(seq), 0) from event)"
SUM = (
    "select course, sum(n) from (select course, n from waits where due <= :today "
    f"union all select s.course, 1 {ODD}) group by course"
)
_SUM_NEXT = "select min(due) from waits where due > :today"
_COUNT = f"select s.course, count(*) {LIVE} and {IS_DUE} group by s.course"
_NEXT = f"select min(s.due) {LIVE} and s.due > :today"


def main(arguments: list[str]) -> int:
    """Say how many cards are due. Exit code: 2 on error; with --quiet 0 due, 1 not."""
    unknown = [word for word in arguments if word not in _OPTIONS]
    if unknown or len(arguments) > 1:
        both = _("due takes --json or --quiet, not both")
        other = _("due takes --json or --quiet, not {word}")
        return _fail(other.format(word=repr(unknown[0])) if unknown else both)
    now = time.time()
    today = study_day(now, time.localtime(now).tm_gmtoff)
    try:
        courses, later = count(places.database(), today, ahead="--json" in arguments)
    except (OSError, sqlite3.Error, ValueError) as error:
        said = _("the cards due cannot be counted: {why}")
        return _fail(said.format(why=_reason(error)))
    if "--quiet" in arguments:
        return 0 if courses else 1
    say = _json if "--json" in arguments else _words
    return put(say(today, courses, later))


def study_day(utc_s: float, offset_s: int) -> int:
    """As domain/studyday.py has it; `datetime` alone would cost 3 ms."""
    wall = utc_s + offset_s // 60 * 60 - _DAY_STARTS_S
    return int(wall // _DAY_S) + _EPOCH


def count(
    path: str, today: int, ahead: bool = False
) -> tuple[dict[str, int], int | None]:
    """Cards due by course, and the next study day after today that has any.

    Adds up what is kept; walks the schedule where a program that keeps no counts wrote
    last. That day is looked for only with `ahead` or where nothing is due; else None.
    Raises OSError, sqlite3.Error, or ValueError for a database of a newer version.
    """
    if not _size(path):
        return {}, None
    lock, db = look(path)
    try:
        (version,) = db.execute("pragma user_version").fetchone()
        if version > VERSION:
            newer = _("{path} was written by a newer drillbox; update drillbox")
            raise ValueError(newer.format(path=path))
        if version == 0:
            none = _("{path} is no record of answers; move it elsewhere")
            raise ValueError(none.format(path=path))
        kept = version >= _COUNTED and db.execute(_KEPT).fetchone()[0]
        now, next_day = (SUM, _SUM_NEXT) if kept else (_COUNT, _NEXT)
        courses = dict(db.execute(now, {"today": today}).fetchall())
        if courses and not ahead:
            return courses, None
        (later,) = db.execute(next_day, {"today": today}).fetchone()
        return courses, later
    finally:
        db.close()
        if lock is not None:
            os.close(lock)


def look(path: str) -> "tuple[int | None, sqlite3.Connection]":
    """A connection that only reads and leaves no file behind, and what locks it.

    SQLite itself would make the missing -wal and -shm files of a database in WAL mode.
    """
    escaped = path.replace("%", "%25").replace("?", "%3f").replace("#", "%23")
    if os.name == "nt":
        escaped = "/" + escaped.replace("\\", "/")
    how = "" if _size(path + "-wal") else "&immutable=1"
    orphan = not how and os.name == "posix" and not os.path.exists(path + "-shm")
    if orphan:  # a log that nobody has open: read it without an index file
        how = "&vfs=unix-none"
    lock = _shared_lock(path) if how and os.name == "posix" else None
    db = sqlite3.connect(f"file:{escaped}?mode=ro{how}", timeout=_BUSY_S, uri=True)
    if orphan:
        db.execute("pragma locking_mode = exclusive")
    return lock, db


def _shared_lock(path: str) -> int:
    """The lock that SQLite's readers take; neither way above lets SQLite take it."""
    import fcntl  # 0.4 ms

    file = os.open(path, os.O_RDONLY)
    last = time.monotonic() + _BUSY_S
    while True:
        try:
            fcntl.lockf(file, fcntl.LOCK_SH | fcntl.LOCK_NB, 510, 0x40000002)
            return file
        except OSError:
            if time.monotonic() > last:
                os.close(file)
                raise ValueError(_(_HELD).format(path=path)) from None
            time.sleep(0.02)


def _size(path: str) -> int:
    try:
        return os.stat(path).st_size
    except FileNotFoundError:
        return 0


def _words(today: int, courses: dict[str, int], later: int | None) -> str:
    due = sum(courses.values())
    if due:
        return ngettext("{n} card due", "{n} cards due", due).format(n=due)
    if later is None:
        return _("nothing due")
    return _("nothing due; next card on {date}").format(date=_iso(later))


def _json(today: int, courses: dict[str, int], later: int | None) -> str:
    # By hand: `json` would cost 4 ms.
    each = ", ".join(f"{_quoted(name)}: {courses[name]}" for name in sorted(courses))
    due, day = sum(courses.values()), "null" if later is None else f'"{_iso(later)}"'
    return (
        f'{{"due": {due}, "today": "{_iso(today)}", '
        f'"courses": {{{each}}}, "next": {day}}}'
    )


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _iso(day: int) -> str:
    return time.strftime("%Y-%m-%d", time.gmtime((day - _EPOCH) * _DAY_S))


def _reason(error: Exception) -> str:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    path = places.database()
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return _("{path} is damaged; `drillbox` rebuilds it").format(path=path)
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return _(_HELD).format(path=path)
    if os.path.isdir(path):
        return _("{path} is a directory; move it elsewhere").format(path=path)
    if isinstance(error, OSError):
        said = _(
            "{path} cannot be read ({why}); mend that, or set DRILLBOX_HOME to another "
            "directory"
        )
        return said.format(path=path, why=error.strerror)
    if isinstance(error, sqlite3.Error):
        said = _("{path} cannot be read ({why}); `drillbox stats` says more")
        return said.format(path=path, why=error)
    return str(error)


def put(text: str) -> int:
    """Print a line; the exit code: 0, or 2 where the output takes nothing more."""
    try:
        print(text, flush=True)
    except BrokenPipeError:  # the reader has seen enough
        _let_go()
    except OSError as error:
        _let_go()
        said = _("the output cannot be written: {why}")
        return _fail(said.format(why=error.strerror))
    return 0


def _let_go() -> None:
    """What is still buffered would be tried again, and fail again, at the exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _fail(sentence: str) -> int:
    print(f"drillbox: {sentence}", file=sys.stderr)
    return 2
