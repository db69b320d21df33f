"""Events as JSON lines: the format of `log export`, `log merge` and the journal.

One event a line, UTF-8, keys in this order, every key always there:

    id          128 random bits, 32 hexadecimal digits
    device      the installation it happened on, the same form
    logical     order of the fold: (logical, id); ms, never goes back on one device
    wall_ms     the clock as it stood, ms since 1970 in UTC
    offset_min  minutes the wall clock was ahead of UTC
    day         study day, as 2026-11-23
    kind        answer, grade, undo, read, attempt, predict, bring, suspend, resume,
                reset, outcome; others are kept and mean nothing to the schedule
    course      the course's id
    item        the id of a card, a blank (card/blank), an exercise, a run or a drop;
                "" where the event is about the course
    target      the id of the event that a grade, undo or outcome is about, or null
    quality     0 to 5, or null
    practice    true if it was asked outside the schedule
    body        an object; answers keep fingerprint, seed, answer, verdict, duration_ms…

Merging is the union of sets by id: in any order, any number of times, the same.
"""

import contextlib
import json
import math
import os
import re
import sqlite3
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from typing import IO, Any, NoReturn

from drillbox.domain import event as kinds
from drillbox.domain.event import Event
from drillbox.domain.studyday import from_iso, iso
from drillbox.errors import HistoryError
from drillbox.history import refold, store
from drillbox.words import _

_KEYS = tuple(field.name for field in fields(Event))
_ID = re.compile(r"[0-9a-f]{32}")
_LAST_MS = 2**53
_LAST_MERGED_MS = 2**52  # what comes after an event is later still: leave it room
_LAST_MERGED_DAY = from_iso("9899-12-31")  # and a hundred years for its interval
_DEEPEST = 64  # levels of nesting; Python itself gives up near 1,000


# -- one line


def line(event: Event) -> str:
    """The event on one line, without the line break."""
    values = {key: getattr(event, key) for key in _KEYS}
    return store.dump(values | {"day": iso(event.day), "body": dict(event.body)})


def parse(text: str) -> Event:
    """The event on a line. ValueError with one clause for anything else."""
    try:
        values = json.loads(text, parse_constant=_infinite, parse_float=_finite)
    except json.JSONDecodeError as error:
        said = _("it is not JSON ({why})").format(why=error.msg)
        raise ValueError(said) from None
    except RecursionError:
        values = None
    if not isinstance(values, dict):
        raise ValueError(_("it is not a JSON object"))
    if text.count("[") + text.count("{") > _DEEPEST and _deep(values):
        raise ValueError(_("it is nested too deeply"))
    event = Event(**_fields(values))
    wrong = flaw(event)
    if wrong:
        raise ValueError(wrong)
    return event


def _deep(value: object) -> bool:
    level = [value]
    for _level in range(_DEEPEST):
        level = [part for whole in level for part in _parts(whole)]
    return bool(level)


def _parts(value: object) -> Iterable[object]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


def _finite(text: str) -> float:
    number = float(text)
    return number if math.isfinite(number) else _infinite(text)


def _infinite(text: str) -> NoReturn:
    raise ValueError(_("{text} is no number that can be kept").format(text=text))


def _fields(values: dict[str, Any]) -> dict[str, Any]:
    missing = [key for key in _KEYS if key not in values]
    unknown = [key for key in values if key not in _KEYS]
    if missing:
        raise ValueError(_('"{field}" is missing').format(field=missing[0]))
    if unknown:
        said = _('"{field}" is not known; a newer drillbox wrote it?')
        raise ValueError(said.format(field=unknown[0]))
    return values | {"day": _day(values["day"])}


def _day(text: object) -> int:
    with contextlib.suppress(ValueError):
        if isinstance(text, str) and len(text) == 10:
            return from_iso(text)
    said = _('"day" is {text}; it must be a date like 2026-11-23')
    raise ValueError(said.format(text=repr(text)))


def flaw(event: Event) -> str | None:
    """What is wrong with an event that came from elsewhere; None if it is sound."""
    for ident in ("id", "device"):
        if not _text(getattr(event, ident)) or not _ID.fullmatch(getattr(event, ident)):
            return _('"{field}" must be 32 hexadecimal digits').format(field=ident)
    for number in ("logical", "wall_ms"):
        if not _whole(getattr(event, number), -_LAST_MS, _LAST_MS):
            return _('"{field}" must be a whole number of milliseconds').format(
                field=number
            )
    if not _whole(event.offset_min, -1440, 1440):
        return _('"offset_min" must be whole minutes within a day')
    for name in ("kind", "course", "item"):
        if not _text(getattr(event, name)):
            return _('"{field}" must be text on one line').format(field=name)
    if not event.kind or not event.course:
        return _('"kind" and "course" must not be empty')
    return _flaw_in_meaning(event)


def _flaw_in_meaning(event: Event) -> str | None:
    if event.target is not None and not _text(event.target):
        return _('"target" must be the id of an event, or null')
    if event.quality is not None and not _whole(event.quality, 0, 5):
        return _('"quality" must be a whole number from 0 to 5, or null')
    if not isinstance(event.practice, bool):
        return _('"practice" must be true or false')
    if not isinstance(event.body, Mapping):
        return _('"body" must be an object')
    named = [event.body.get("fingerprint", ""), event.body.get("what", "")]
    if event.kind == kinds.BRING:
        items = event.body.get("items")
        if not isinstance(items, list | tuple) or not all(items):
            return _('"body" of a bring must list its "items"')
        named += items
    if not all(name is None or _text(name) for name in named):
        return _(
            '"body" must name fingerprints, attempts and items by text on one line'
        )
    return None


def _text(value: object) -> bool:
    return isinstance(value, str) and value.isprintable()


def _whole(value: object, low: int, high: int) -> bool:
    return type(value) is int and low <= value <= high


# -- whole files


def read(path: str) -> list[Event]:
    """Every event of an export; "-" is standard input.

    Raises HistoryError, `file:line: what`, at the first line that is none.
    """
    name = "<stdin>" if path == "-" else path
    try:
        with _source(path) as file:
            return [
                _parsed(name, k, raw) for k, raw in enumerate(file, 1) if raw.strip()
            ]
    except OSError as error:
        said = _("{path} cannot be read: {why}")
        raise HistoryError(said.format(path=name, why=error.strerror)) from error


def _source(path: str) -> contextlib.AbstractContextManager[IO[bytes]]:
    if path == "-":
        return contextlib.nullcontext(sys.stdin.buffer)
    return open(path, "rb")


def _parsed(name: str, number: int, raw: bytes) -> Event:
    try:
        return _near(parse(raw.decode("utf-8-sig" if number == 1 else "utf-8")))
    except UnicodeDecodeError:
        what = _("it is not UTF-8")
    except ValueError as error:
        what = str(error)
    said = _(
        "{place}: this line is no event: {what}; nothing was merged: give a file that "
        "`drillbox log export` wrote"
    )
    raise HistoryError(said.format(place=f"{name}:{number}", what=what))


def _near(event: Event) -> Event:
    if event.logical > _LAST_MERGED_MS:
        raise ValueError(_('"logical" is too far ahead'))
    if event.day > _LAST_MERGED_DAY:
        raise ValueError(_('"day" is too far ahead'))
    return event


def write(path: str, events: Iterable[Event]) -> int:
    """Write an export, whole or not at all; "-" is standard output. How many lines."""
    if path == "-":
        return _lines(sys.stdout.buffer, events)
    part = f"{path}.part-{os.getpid()}"
    try:
        with open(part, "wb") as file:
            count = _lines(file, events)
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, path)
        store.fsync_directory(os.path.dirname(os.path.abspath(path)))
        return count
    except OSError as error:
        said = _("{path} cannot be written: {why}")
        raise HistoryError(said.format(path=path, why=error.strerror)) from error
    finally:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(part)


def _lines(file: IO[bytes], events: Iterable[Event]) -> int:
    count = 0
    for event in events:
        file.write(line(event).encode() + b"\n")
        count += 1
    return count


def merge(db: sqlite3.Connection, name: str, events: Sequence[Event]) -> int:
    """Take in the events that are not here yet; returns how many they were.

    HistoryError, and none is taken in, if one is here and says something else.
    """
    with store.transaction(db):
        new = store.insert(db, events)
        if new < len(events):
            _agree(db, name, events)
        if new:
            refold.rebuild(db)
        return new


def _agree(db: sqlite3.Connection, name: str, events: Iterable[Event]) -> None:
    for event in events:
        for here in store.events(db, "where id = ?", (event.id,)):
            if here != event:
                said = _(
                    "{file}: event {id} is here already and says something else; "
                    "nothing was merged: one of the two was edited"
                )
                raise HistoryError(said.format(file=name, id=event.id))
