"""Appending and reading, and what two processes do to each other."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from drillbox.domain.event import Draft
from drillbox.domain.schedule import NEW, ItemState, fold
from drillbox.domain.sm2 import State
from drillbox.domain.studyday import study_day
from drillbox.errors import HistoryError
from drillbox.history import store
from drillbox.history.log import Log, Recorded

Clock = Any  # conftest's, which can be moved


def answer(item: str = "a", quality: int | None = 4, **body: object) -> Draft:
    return Draft("answer", "dpo", item, quality=quality, body=body)


def undo(recorded: Recorded) -> Draft:
    event = recorded.event
    return Draft("undo", event.course, event.item, target=event.id)


def grade(recorded: Recorded, quality: int) -> Draft:
    event = recorded.event
    return Draft("grade", event.course, event.item, event.id, quality)


def equals_the_fold(log: Log) -> bool:
    """The tables are what folding the whole log again gives, to the bit."""
    before = log.dump()
    log.rebuild()
    return log.dump() == before


# -- one append


def test_an_answer_is_stamped_and_its_role_and_states_come_back(
    log: Log, clock: Clock
) -> None:
    recorded = log.append(answer(quality=1, fingerprint="f"))
    event = recorded.event
    assert (event.device, event.day, event.offset_min) == (log.device, log.today(), 60)
    assert event.day == study_day(clock())
    assert (recorded.role, recorded.before) == ("learning", NEW)
    assert recorded.after == log.state("dpo", "a")
    assert recorded.after.due == event.day + 1
    assert len(event.id) == 32 and list(log.events()) == [event]


def test_a_grade_tells_what_the_answer_now_is(log: Log) -> None:
    waiting = log.append(answer(quality=None))
    assert waiting.role == "none"
    graded = log.append(grade(waiting, 4))
    assert (graded.role, graded.after.sm2) == ("review", State(250, 1, 1))
    assert log.append(grade(waiting, 1)).role == "learning"


def test_an_undo_takes_the_state_back_to_the_bit(log: Log, clock: Clock) -> None:
    log.append(answer())
    clock.sleep(1)
    before = log.dump()
    second = log.append(answer(quality=2))
    taken_back = log.append(undo(second))
    assert taken_back.after == second.before
    assert log.dump() == before
    log.append(undo(second))
    assert log.dump() == before


def test_a_reset_empties_a_course_and_undoing_it_brings_everything_back(
    log: Log,
) -> None:
    log.append(answer())
    log.append(Draft("read", "dpo", "drop-1"))
    log.append(Draft("bring", "dpo", body={"items": ["b"], "cause": "diagnosis"}))
    before = log.dump()
    reset = log.append(Draft("reset", "dpo"))
    assert log.schedule("dpo") == {} and log.read_drops("dpo") == {}
    log.append(undo(reset))
    assert log.dump() == before
    assert equals_the_fold(log)


@pytest.mark.parametrize(
    "draft",
    [
        Draft("answer", "dpo", "a", quality=7),
        Draft("answer", "dpo", "a\nb", quality=4),
        Draft("answer", "", "a", quality=4),
        Draft("bring", "dpo", body={}),
    ],
)
def test_a_draft_that_no_merge_would_take_in_is_refused(log: Log, draft: Draft) -> None:
    with pytest.raises(ValueError):
        log.append(draft)
    assert list(log.events()) == []


def test_many_drafts_are_written_all_or_none(log: Log) -> None:
    with pytest.raises(ValueError):
        log.append_all([answer(), answer(quality=9)])
    assert list(log.events()) == [] and log.schedule("dpo") == {}


def test_a_torn_paste_in_an_answer_is_kept(log: Log) -> None:
    event = log.append(answer(text="\udcff θ")).event
    assert next(log.events()).body == event.body == {"text": "\udcff θ"}


# -- time


def test_a_clock_that_went_backwards_does_not_change_the_order(
    log: Log, clock: Clock
) -> None:
    first = log.append(answer("a"))
    clock.now -= 40 * 86_400_000
    second = log.append(answer("b"))
    assert second.event.logical == first.event.logical + 1
    assert second.event.wall_ms < first.event.wall_ms
    assert [e.item for e in log.events()] == ["a", "b"]
    assert second.event.day == first.event.day - 40


@pytest.mark.parametrize(
    ("days", "late"), [(-1, False), (0, False), (1, False), (2, True), (400, True)]
)
def test_answers_dated_more_than_a_day_ahead_are_reported_at_start(
    home: Path, clock: Clock, days: int, late: bool
) -> None:
    clock.sleep(days)
    with Log.open(str(home), clock) as log:
        log.append(answer())
    clock.sleep(-days)
    with Log.open(str(home), clock) as log:
        assert [e.item for e in log.future()] == (["a"] if late else [])
        assert any("log undo-future" in notice for notice in log.notices) is late
        assert log.undo_future() == int(late)
        assert log.future() == []
        assert (log.state("dpo", "a") == NEW) is late


# -- what `u` takes back


def test_the_sessions_newest_answer_comes_before_this_devices_earlier_ones(
    log: Log,
) -> None:
    earlier = log.append(answer("a"))
    mine = [log.append(answer(item)).event.id for item in ("b", "c")]
    log.append(answer("d"))  # another terminal of the same device
    taken = []
    while event := log.undoable(mine):
        taken.append(event.item)
        log.append(Draft("undo", "dpo", event.item, target=event.id))
    assert taken == ["c", "b", "d", "a"]
    assert log.state("dpo", earlier.event.item) == NEW


def test_only_this_study_day_and_this_device_can_be_undone_without_a_session(
    log: Log, clock: Clock, tmp_path: Path
) -> None:
    yesterday = log.append(answer("a"))
    clock.sleep(1)
    with Log.open(str(tmp_path / "other"), clock) as other:
        other.append(answer("b"))
        other.export(str(tmp_path / "b.jsonl"))
    log.merge(str(tmp_path / "b.jsonl"))
    assert log.undoable([]) is None
    found = log.undoable([yesterday.event.id])
    assert found is not None and found.item == "a"


@pytest.mark.parametrize(
    ("draft", "can"),
    [
        (Draft("suspend", "dpo", "a"), True),
        (Draft("predict", "dpo", "three-pairs"), True),
        (Draft("read", "dpo", "drop-1"), True),
        (Draft("attempt", "dpo", "dpo-loss", body={"what": "pass"}), True),
        (Draft("attempt", "dpo", "dpo-loss", body={"what": "hint"}), False),
        (Draft("note", "dpo", "a", body={"text": "?"}), True),
        (Draft("reset", "dpo"), False),
    ],
)
def test_this_can_be_undone_with_a_key(log: Log, draft: Draft, can: bool) -> None:
    event = log.append(draft).event
    found = log.undoable([event.id])
    assert (found == event) if can else (found is None)


def test_what_a_reset_took_cannot_be_undone_until_the_reset_is(log: Log) -> None:
    first = log.append(answer())
    reset = log.append(Draft("reset", "dpo"))
    assert log.undoable([first.event.id]) is None
    log.append(undo(reset))
    assert log.undoable([]) == first.event


# -- items that courses have


def test_an_old_id_passes_its_history_on_to_the_live_one(log: Log) -> None:
    log.append(answer("old"))
    log.append(Draft("bring", "dpo", body={"items": ["old"]}))
    known = log.state("dpo", "old")
    log.set_live("dpo", {"new": (("old",), "f"), "other": ((), "g")})
    assert log.schedule("dpo") == {"new": known}
    assert log.append(answer("new")).before == known
    assert log.append(answer("old")).before.answers == 2
    assert equals_the_fold(log)
    log.set_live("dpo", {"old": ((), "f"), "new": ((), "f")})
    assert {name: s.answers for name, s in log.schedule("dpo").items()} == {
        "old": 2,
        "new": 1,
    }
    assert equals_the_fold(log)


def test_an_old_id_that_is_live_itself_is_no_alias(log: Log) -> None:
    log.append(answer("a"))
    log.set_live("dpo", {"a": ((), ""), "b": (("a",), ""), "c": (("x",), "")})
    assert set(log.schedule("dpo")) == {"a"}


def test_loading_an_unchanged_course_writes_nothing(log: Log, home: Path) -> None:
    items = {"a": (("old",), "f")}
    log.set_live("dpo", items)
    before = log.read(lambda db: db.total_changes)
    log.set_live("dpo", items)
    assert log.read(lambda db: db.total_changes) == before


# -- times


def test_seconds_are_medians_by_item_and_kind_of_what_is_not_undone(log: Log) -> None:
    def took(item: str, kind: str, seconds: float | None) -> Recorded:
        ms = None if seconds is None else int(seconds * 1000)
        return log.append(answer(item, duration_ms=ms, kind=kind))

    for item, kind, seconds in [("a", "choice", 4), ("a", "choice", 8)]:
        took(item, kind, seconds)
    assert log.seconds("dpo") == ({"a": 6.0}, {"choice": 6.0})
    took("b", "choice", 9_000)  # walked away: five minutes at most
    took("c", "recall", None)
    wrong = took("c", "recall", 1)
    assert log.seconds("dpo")[0] == {"a": 6.0, "b": 300.0, "c": 1.0}
    assert log.seconds("dpo")[1] == {"choice": 8.0, "recall": 1.0}
    log.append(undo(wrong))
    assert log.seconds("dpo") == ({"a": 6.0, "b": 300.0}, {"choice": 8.0})
    assert log.seconds("ppo") == ({}, {})


# -- two at once


def test_two_logs_on_one_record_see_each_others_answers(
    home: Path, clock: Clock
) -> None:
    with Log.open(str(home), clock) as one, Log.open(str(home), clock) as two:
        assert one.append(answer()).role == "review"
        assert two.append(answer()).role == "drill"
        assert one.state("dpo", "a") == two.state("dpo", "a")
        assert one.device == two.device
        assert equals_the_fold(one)


APPENDER = """
import sys, time
from drillbox.domain.event import Draft
from drillbox.domain.studyday import Moment
from drillbox.history.log import Log
home, name, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
with Log.open(home, lambda: Moment(int(time.time() * 1000), 0)) as log:
    for k in range(count):
        body = {"by": name}
        draft = Draft("answer", "dpo", f"card-{k % 3}", quality=k % 6, body=body)
        print(log.append(draft).event.id, flush=True)
    assert not log.notices, log.notices
"""


def test_processes_that_append_at_once_lose_nothing(home: Path, clock: Clock) -> None:
    command = [sys.executable, "-c", APPENDER, str(home)]
    workers = [
        subprocess.Popen(
            [*command, str(k), "40"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        for k in range(3)
    ]
    outputs = [worker.communicate(timeout=60) for worker in workers]
    assert [worker.returncode for worker in workers] == [0, 0, 0], outputs
    acknowledged = {line for out, _ in outputs for line in out.decode().split()}
    assert len(acknowledged) == 120
    with Log.open(str(home), clock) as log:
        events = list(log.events())
        assert {e.id for e in events} == acknowledged
        assert len({e.logical for e in events}) == 120
        assert {e.device for e in events} == {log.device}
        assert log.schedule("dpo") == {
            item: state for (_, item), state in fold(events).items.items()
        }
    journal = (home / "journal.jsonl").read_text().splitlines()
    assert sorted(json.loads(line)["id"] for line in journal) == sorted(acknowledged)


def test_a_record_that_another_program_holds_is_one_sentence(
    home: Path, clock: Clock
) -> None:
    with Log.open(str(home), clock, busy_ms=50) as log:
        log.append(answer())
        holder = store.connect(str(home / "history.db"))
        holder.execute("begin immediate")
        with pytest.raises(HistoryError, match="is held by another program"):
            log.append(answer())
        assert log.state("dpo", "a").answers == 1  # reading goes on
        holder.close()
        assert log.append(answer()).after.answers == 2


def test_a_state_is_never_seen_half_written(home: Path, clock: Clock) -> None:
    with Log.open(str(home), clock) as reader:
        seen: list[ItemState] = []

        def look(point: str) -> None:
            seen.append(reader.state("dpo", "a"))

        with Log.open(str(home), clock, checkpoint=look) as writer:
            after = writer.append(answer()).after
        assert seen == [NEW, after, after]
