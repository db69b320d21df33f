"""The counts that are kept: always what counting again gives, whoever wrote last."""

import sqlite3
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from drillbox.domain import event, statistics
from drillbox.domain.event import Draft
from drillbox.domain.schedule import NEW
from drillbox.history import counts, due, exchange, refold, states, store
from drillbox.history.log import Log
from tests.conftest import Clock

ITEMS = ("a", "b", "c", "d", "ex")
DROPS = {"a": "one", "b": "one", "c": "two", "d": "two"}
COURSES = ("dpo", "ppo")
Act = Callable[[Log, Any], None]


def recounted(log: Log) -> list[tuple[Any, ...]]:
    """The counts as counting everything again makes them, which is not kept."""

    def work(db: sqlite3.Connection) -> list[tuple[Any, ...]]:
        db.execute("begin immediate")
        try:
            counts.recount(db)
            return counts.dump(db)
        finally:
            db.execute("rollback")

    return log.read(work)


def walked(log: Log) -> list[tuple[str, int]]:
    """What is due, by looking at every item."""
    values = {"today": log.today()}
    return log.read(lambda db: db.execute(due._COUNT, values).fetchall())


# -- what can happen

answers = st.builds(
    lambda course, item, quality, practice, mark: (
        lambda log, _: log.append(
            Draft(
                event.ANSWER,
                course,
                item,
                quality=quality,
                practice=practice,
                body={"fingerprint": mark, "duration_ms": 1000},
            )
        )
    ),
    st.sampled_from(COURSES),
    st.sampled_from((*ITEMS, "gone", "old")),
    st.one_of(st.none(), st.integers(0, 5)),
    st.booleans(),
    st.sampled_from(("", "f", "g")),
)
plain = st.builds(
    lambda kind, course, item: lambda log, _: log.append(Draft(kind, course, item)),
    st.sampled_from((event.SUSPEND, event.RESUME, event.READ, event.RESET)),
    st.sampled_from(COURSES),
    st.sampled_from((*ITEMS, "old")),
)
brings = st.builds(
    lambda course, items: (
        lambda log, _: log.append(
            Draft(event.BRING, course, body={"items": sorted(items)})
        )
    ),
    st.sampled_from(COURSES),
    st.sets(st.sampled_from((*ITEMS, "old")), min_size=1),
)


def _about_an_earlier_one(kind: str, quality: int | None, back: int) -> Act:
    def act(log: Log, _: Any) -> None:
        newest = log.newest(back + 1)
        if newest:
            one = newest[-1]
            log.append(
                Draft(kind, one.course, one.item, target=one.id, quality=quality)
            )

    return act


reaching = st.one_of(
    st.builds(_about_an_earlier_one, st.just(event.UNDO), st.none(), st.integers(0, 5)),
    st.builds(
        _about_an_earlier_one,
        st.just(event.GRADE),
        st.integers(0, 5),
        st.integers(0, 5),
    ),
)


def _adopted(
    course: str, items: set[str], mark: str, renamed: bool, moved: bool
) -> Act:
    live = dict.fromkeys(sorted(items), ((), mark))
    if renamed and "a" in live:
        live["a"] = (("old",), mark)
    drops = {**DROPS, "a": "two"} if moved else DROPS
    return lambda log, _: log.set_live(course, live, drops)


courses = st.builds(
    _adopted,
    st.sampled_from(COURSES),
    st.sets(st.sampled_from(ITEMS)),
    st.sampled_from(("", "f", "g")),
    st.booleans(),
    st.booleans(),
)
days = st.builds(
    lambda count: lambda _, clock: clock.sleep(count), st.sampled_from((1, 6, 40))
)


def _by_an_older_program(log: Log, clock: Any) -> None:
    """It writes an answer and its state, and knows of no counts."""

    def work(db: sqlite3.Connection) -> None:
        with store.transaction(db):
            made = log._stamped(db, Draft(event.ANSWER, "dpo", "a", quality=4))
            store.insert(db, [made])
            before = states.read(db, "dpo", "a")
            row = refold.schedule.row(made)
            after = refold.schedule.advance(before, row)[0]
            states.write(db, "dpo", "a", after)

    log._keeper.change(work)


acts = st.one_of(answers, answers, plain, brings, reaching, courses, days)


@settings(max_examples=60, deadline=None)
@given(st.lists(acts, max_size=12))
def test_after_whatever_happens_the_kept_counts_are_what_counting_again_gives(
    doings: list[Act],
) -> None:
    clock = Clock()
    with tempfile.TemporaryDirectory() as home, Log.open(home, clock) as log:
        for course in COURSES:
            _adopted(course, {*ITEMS}, "f", False, False)(log, clock)
        for act in doings:
            act(log, clock)
            assert log.read(counts.dump) == recounted(log)
            found, _ = due.count(f"{home}/history.db", log.today())
            assert found == dict(walked(log))


@settings(max_examples=30, deadline=None)
@given(st.lists(acts, max_size=5), st.lists(acts, max_size=5))
def test_what_a_program_wrote_that_keeps_no_counts_is_counted_at_once_and_kept_later(
    before: list[Act], after: list[Act]
) -> None:
    clock = Clock()
    with tempfile.TemporaryDirectory() as home, Log.open(home, clock) as log:
        _adopted("dpo", {*ITEMS}, "f", False, False)(log, clock)
        for act in [*before, _by_an_older_program]:
            act(log, clock)
        assert log.read(counts.behind)
        found, _ = due.count(f"{home}/history.db", log.today())
        assert found == dict(walked(log))
        for act in [_adopted("dpo", {*ITEMS}, "f", False, False), *after]:
            act(log, clock)
            assert log.read(counts.dump) == recounted(log)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(COURSES),
            st.dictionaries(
                st.sampled_from(ITEMS),
                st.tuples(
                    st.sampled_from(((), ("old",), ("older", "old"))),
                    st.sampled_from(("", "f", "g")),
                ),
            ),
            st.sampled_from(({}, DROPS, {**DROPS, "a": "two"})),
        ),
        min_size=1,
        max_size=6,
    )
)
def test_the_live_items_are_those_that_the_course_had_last(adoptions: Any) -> None:
    with tempfile.TemporaryDirectory() as home, Log.open(home, Clock()) as log:
        for course, items, drops in adoptions:
            log.set_live(course, items, drops)
            sql = 'select item, fingerprint, "drop" from live where course = ?'
            rows = log.read(lambda db, s=sql, c=course: db.execute(s, (c,)).fetchall())
            assert {name: about for name, *about in rows} == {
                name: [mark, drops.get(name, "")] for name, (_, mark) in items.items()
            }
            old = log.read(lambda db, c=course: refold.aliases(db, c))
            claims = [(o, n) for n, (was, _) in items.items() for o in was]
            assert old == {(course, o): n for o, n in reversed(claims)}


def test_what_is_read_of_the_counts_is_what_the_states_say(
    log: Log, clock: Clock
) -> None:
    names = [f"card-{k}" for k in range(12)]
    drops = {name: f"drop-{k % 3}" for k, name in enumerate(names)}
    log.set_live("dpo", dict.fromkeys((*names, "ex"), ((), "f")), drops)
    for turn in range(4):
        for k, name in enumerate((*names, "ex")):
            if k % 4 >= turn:
                body = {"fingerprint": "g" if k == 7 else "f"}
                log.append(Draft("answer", "dpo", name, quality=4 - k % 2, body=body))
        clock.sleep(6)
    log.append(Draft("suspend", "dpo", "card-1"))
    log.append(Draft("bring", "dpo", body={"items": ["card-3"]}))
    found = log.schedule("dpo")
    for drop in ("drop-0", "drop-1", "drop-2"):
        own = [found.get(name, NEW) for name in names if drops[name] == drop]
        part = log.read(lambda db, drop=drop: counts.parts(db, "dpo")[drop])
        assert part.met == sum(s.due is not None or s.suspended for s in own)
        assert part.mature == statistics.mature(own)
    today = log.today()
    waiting = {name: s.due for name, s in found.items() if s.due and not s.suspended}
    ahead = statistics.forecast(waiting.values(), today, 60)
    kept = log.read(lambda db: counts.ahead(db, "dpo", today + 1, today + 60))
    assert kept == {day: count for day, count in ahead if count}
    late = {name for name, day in waiting.items() if day <= today}
    by_drop = Counter(drops.get(name, "") for name in late | {"card-7", "card-3"})
    assert log.read(lambda db: counts.due(db, "dpo", today)) == by_drop


def test_mature_is_one_border() -> None:
    assert counts.MATURE_DAYS == statistics.MATURE_DAYS


def test_a_merge_counts_what_it_brings(log: Log, tmp_path: Path, clock: Clock) -> None:
    live = {"a": ((), "f"), "b": ((), "f")}
    with Log.open(str(tmp_path / "other"), clock) as other:
        other.append(Draft("answer", "dpo", "b", quality=5, body={"fingerprint": "f"}))
        exchange.write(str(tmp_path / "out"), other.events())
    log.set_live("dpo", live, {"a": "one", "b": "one"})
    log.append(Draft("answer", "dpo", "a", quality=4))
    log.merge(str(tmp_path / "out"))
    assert log.read(counts.dump) == recounted(log)
    assert log.read(lambda db: counts.parts(db, "dpo")) == {"one": (2, 0)}
