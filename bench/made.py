"""Made-up courses and records, large ones, for the benches that need them.

A course is made in memory: reading so many files is what the bench `load` measures. A
record is made by the product's own code: events go into the database as those of a
merge do, are folded, and the items are adopted as they are when a course is opened.
"""

import random
import sqlite3
from collections.abc import Iterator

from drillbox.domain.card import ChoiceCard
from drillbox.domain.course import Course, CourseFile, Drop, Item
from drillbox.domain.event import ANSWER, READ, SCHEDULER, Event
from drillbox.domain.fingerprint import fingerprint
from drillbox.domain.studyday import Moment, study_day
from drillbox.history import refold, store
from drillbox.history.log import Log
from drillbox.session import adopt

A_DAY = 86_400_000  # ms
DAYS = 400  # how long ago the first answer was given
DROPS = 100


def course(cards: int) -> Course:
    """One of so many choice cards, in a hundred drops of one phase."""
    head = CourseFile.model_validate(
        {
            "id": "made",
            "title": "Made up",
            "goal": "Be large",
            "level": "Any",
            "category": "technology",
            "days": DROPS,
            "minutes": (5, 8),
            "phases": ({"title": "One", "outcome": "It is fast"},),
        }
    )
    size = cards // DROPS
    return Course(head, tuple(_drop(number, size) for number in range(1, DROPS + 1)))


def _drop(number: int, size: int) -> Drop:
    items = tuple(_item(number, k) for k in range(size))
    words = (f"Drop {number}", "read", "The policy moves. " * 40)
    return Drop(f"drop-{number}", number, 1, 7, *words, (), (), items)


def _item(drop: int, k: int) -> Item:
    name = f"card-{drop}-{k}"
    options = [{"text": f"{name} is right", "right": True}]
    options += [{"text": f"wrong {w}", "why": "it is not"} for w in range(3)]
    card = ChoiceCard.model_validate(
        {
            "id": name,
            "kind": "choice",
            "options": options,
            "prompt": f"Which is it, {name}?",
            "explain": "This one.",
        }
    )
    return Item(name, card, drop, k < 3)


def fill(log: Log, course: Course, reviews: int) -> None:
    """A record of all its drops and cards, each answered equally often, in order."""
    log.read(lambda db: _fill(db, course, reviews, log.now()))
    adopt(course, log)


def _fill(db: sqlite3.Connection, course: Course, reviews: int, now: Moment) -> None:
    with store.transaction(db):
        store.insert(db, _events(course, reviews, now))
        refold.rebuild(db)


def _events(course: Course, reviews: int, now: Moment) -> Iterator[Event]:
    """Drops are read on the first day, then cards come round, one day after another."""
    source, items = random.Random(1), list(course.items.values())
    marks = [fingerprint(item) for item in items]
    first = now.utc_ms - DAYS * A_DAY
    for drop in course.drops:
        yield _event(source, Moment(first, now.offset_min), READ, course.id, drop.id)
    for k in range(reviews):
        moment = Moment(first + (k + 1) * DAYS * A_DAY // (reviews + 1), now.offset_min)
        place = k % len(items)
        body = {
            "kind": "choice",
            "fingerprint": marks[place],
            "verdict": "right",
            "seed": source.getrandbits(64),
            "answer": {"options": [k % 4]},
            "duration_ms": source.randrange(2_000, 30_000),
            "scheduler": SCHEDULER,
        }
        quality = source.choice((5, 4, 4, 4, 4, 3, 2))
        item = items[place].id
        yield _event(source, moment, ANSWER, course.id, item, quality, body)


def _event(
    source: random.Random,
    moment: Moment,
    kind: str,
    course: str,
    item: str,
    quality: int | None = None,
    body: dict[str, object] | None = None,
) -> Event:
    return Event(
        source.randbytes(16).hex(),
        "0" * 32,
        moment.utc_ms,
        moment.utc_ms,
        moment.offset_min,
        study_day(moment),
        kind,
        course,
        item,
        quality=quality,
        body=body or {},
    )
