"""Replaying 300,000 events from the database: at most 1.5 s.

The best of five, because other work on the machine only ever adds. Beside it, for
comparing machines: reading the same rows in the same order, and nothing else.
"""

import random
import sqlite3
import sys
import tempfile
import time
from contextlib import closing

from bound import code, held

from drillbox import places
from drillbox.domain.event import ANSWER, GRADE, SCHEDULER, UNDO, Event
from drillbox.domain.studyday import Moment
from drillbox.history import refold, store
from drillbox.history.log import Log

EVENTS = 300_000
ITEMS = 3_000
A_DAY = 80
LIMIT_S = 1.5
START = 739_000
TURNS = 5


def events(count: int) -> list[Event]:
    """Ten years of one learner: answers, some of them graded again or undone."""
    random_source = random.Random(1)
    made: list[Event] = []
    for k in range(count):
        kind = random_source.choices((ANSWER, GRADE, UNDO), (93, 5, 2))[0]
        made.append(_event(random_source, k, kind, made[-1] if made else None))
    return made


def _event(source: random.Random, k: int, kind: str, last: Event | None) -> Event:
    answer = kind == ANSWER or last is None
    item = f"card-{source.randrange(ITEMS)}" if answer or not last else last.item
    body = {
        "kind": "choice",
        "fingerprint": "0123456789abcdef",
        "seed": source.getrandbits(64),
        "answer": {"options": [source.randrange(4)]},
        "prompt": "Which quantity does the DPO loss compare with the reference? " * 3,
        "verdict": "right",
        "hint": False,
        "duration_ms": source.randrange(2_000, 60_000),
        "scheduler": SCHEDULER,
    }
    return Event(
        source.randbytes(16).hex(),
        "0" * 32,
        1_000 * k,
        1_000 * k,
        60,
        START + k // A_DAY,
        ANSWER if answer else kind,
        "dpo",
        item,
        None if answer or not last else last.id,
        None if kind == UNDO else source.choice((5, 4, 4, 4, 4, 3, 2, 1)),
        body=body if answer else {},
    )


def main() -> int:
    """Print the times; MISSED if the best of them is over the limit."""
    with (
        tempfile.TemporaryDirectory() as home,
        Log.open(home, lambda: Moment(1_790_000_000_000, 60)) as log,
    ):
        log.read(_fill)
        turns = [(_timed(log), _read(home)) for _ in range(TURNS)]
        items = len(log.schedule("dpo"))
    replays, reads = zip(*turns, strict=True)
    best, bare = min(replays), min(reads)
    print(
        f"  {EVENTS} events, {items} items: best of {TURNS} {best:.2f} s, worst "
        f"{max(replays):.2f} s; reading the rows {bare:.2f} s, ratio {best / bare:.2f}"
    )
    return code(held(f"replaying {EVENTS} events", best, LIMIT_S, "s"))


def _fill(db: store.sqlite3.Connection) -> None:
    with store.transaction(db):
        store.insert(db, events(EVENTS))
        refold.rebuild(db)


def _read(home: str) -> float:
    """Seconds to fetch what a fold looks at, in the fold's order."""
    start = time.perf_counter()
    with closing(sqlite3.connect(places.database(home))) as db:
        rows = db.execute(
            f"select course, item, {store.ROW} from event "
            "order by course, item, logical, id"
        ).fetchall()
    assert len(rows) == EVENTS
    return time.perf_counter() - start


def _timed(log: Log) -> float:
    start = time.perf_counter()
    log.rebuild()
    return time.perf_counter() - start


if __name__ == "__main__":
    sys.exit(main())
