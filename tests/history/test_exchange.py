"""Export and merge: JSON lines, and the laws of a union of sets."""

import io
import json
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drillbox.domain.event import Draft, Event
from drillbox.domain.schedule import fold
from drillbox.errors import HistoryError
from drillbox.history import exchange, refold, states, store
from drillbox.history.log import Log

Clock = Any
EVENT = Event(
    "0123456789abcdef0123456789abcdef",
    "f" * 32,
    1_795_435_200_000,
    1_795_435_200_000,
    60,
    739_943,
    "answer",
    "dpo",
    "beta-role/gap",
    quality=4,
    body={"fingerprint": "0123456789abcdef", "answer": {"text": "β·h"}, "hint": False},
)
LINE = (
    '{"id":"0123456789abcdef0123456789abcdef",'
    '"device":"ffffffffffffffffffffffffffffffff",'
    '"logical":1795435200000,"wall_ms":1795435200000,"offset_min":60,'
    '"day":"2026-11-23","kind":"answer","course":"dpo","item":"beta-role/gap",'
    '"target":null,"quality":4,"practice":false,'
    '"body":{"fingerprint":"0123456789abcdef","answer":{"text":"β·h"},"hint":false}}'
)


# -- the format


def test_the_format_of_a_line_is_stable() -> None:
    assert exchange.line(EVENT) == LINE
    assert exchange.parse(LINE) == EVENT


def test_the_help_of_export_names_every_key() -> None:
    from drillbox.cli.log import export

    described = f"{exchange.__doc__}", f"{export.help}"
    assert all(key in text for key in json.loads(LINE) for text in described)


BODIES = st.dictionaries(
    st.text(max_size=5),
    st.recursive(
        st.none()
        | st.booleans()
        | st.integers()
        | st.floats(allow_nan=False, allow_infinity=False)
        | st.text(max_size=8),
        lambda inner: st.lists(inner, max_size=3),
        max_leaves=4,
    ),
    max_size=4,
).filter(lambda body: not {"fingerprint", "what", "items"} & set(body))


@given(BODIES, st.integers(-(2**53), 2**53), st.none() | st.integers(0, 5))
def test_every_event_comes_back_from_its_line(
    body: dict[str, Any], logical: int, quality: int | None
) -> None:
    event = replace(EVENT, body=body, logical=logical, quality=quality)
    text = exchange.line(event)
    assert "\n" not in text and exchange.parse(text) == event


def changed(**fields: Any) -> str:
    return json.dumps({**json.loads(LINE), **fields})


def without(key: str) -> str:
    return json.dumps({k: v for k, v in json.loads(LINE).items() if k != key})


BAD = [
    ("", "JSON"),
    ("{", "JSON"),
    ("[]", "object"),
    ("null", "object"),
    ("[" * 100_000, "object"),
    (without("course"), '"course" is missing'),
    (changed(extra=1), '"extra" is not known'),
    (changed(id="abc"), '"id"'),
    (changed(id=1), '"id"'),
    (changed(device="g" * 32), '"device"'),
    (changed(logical=1.5), '"logical"'),
    (changed(logical=2**60), '"logical"'),
    (changed(wall_ms=True), '"wall_ms"'),
    (changed(offset_min=99_999), '"offset_min"'),
    (changed(day="2026-11-31"), '"day"'),
    (changed(day="20261123"), '"day"'),
    (changed(day=739_943), '"day"'),
    (changed(kind=""), '"kind"'),
    (changed(kind="a\nb"), '"kind"'),
    (changed(course=None), '"course"'),
    (changed(item="\ud800"), '"item"'),
    (changed(target=5), '"target"'),
    (changed(quality=6), '"quality"'),
    (changed(quality=True), '"quality"'),
    (changed(practice=0), '"practice"'),
    (changed(body=[]), '"body"'),
    (changed(body={"fingerprint": 5}), '"body"'),
    (changed(kind="attempt", body={"what": ["pass"]}), '"body"'),
    (changed(kind="bring", body={}), '"body"'),
    (changed(kind="bring", body={"items": "a"}), '"body"'),
    (changed(kind="bring", body={"items": ["a\nb"]}), '"body"'),
    (changed(kind="bring", body={"items": [""]}), '"body"'),
    (LINE.replace('"hint":false', '"hint":NaN'), "NaN"),
    (LINE.replace('"hint":false', '"hint":1e999'), "1e999"),
    (LINE.replace('"hint":false', '"hint":' + "9" * 5000), "digits"),
    (LINE.replace('"hint":false', '"hint":' + "[" * 70 + "]" * 70), "deep"),
]


@pytest.mark.parametrize(("line", "what"), BAD, ids=range(len(BAD)))
def test_a_line_that_is_no_event_says_what_is_wrong(line: str, what: str) -> None:
    with pytest.raises(ValueError, match=what):
        exchange.parse(line)


@pytest.mark.parametrize(
    ("line", "what"),
    [
        (changed(logical=2**53), '"logical" is too far ahead'),
        (changed(day="9999-12-31"), '"day" is too far ahead'),
    ],
)
def test_a_merge_never_takes_the_time_that_later_answers_need(
    log: Log, tmp_path: Path, line: str, what: str
) -> None:
    file = tmp_path / "far.jsonl"
    file.write_text(line + "\n")
    with pytest.raises(HistoryError, match="far.jsonl:1: .*" + what):
        log.merge(str(file))
    log.append(Draft("answer", "dpo", "a", quality=4))


def test_a_bad_line_is_named_by_file_and_line_and_nothing_is_merged(
    log: Log, tmp_path: Path
) -> None:
    file = tmp_path / "in.jsonl"
    file.write_text(f"{LINE}\n\n{changed(quality=9)}\n")
    with pytest.raises(HistoryError, match=r"in\.jsonl:3: .*quality.*nothing was mer"):
        log.merge(str(file))
    file.write_bytes(LINE.encode() + b"\n\xff\n")
    with pytest.raises(HistoryError, match=r"in\.jsonl:2: .*UTF-8"):
        log.merge(str(file))
    assert list(log.events()) == []


def test_a_file_that_cannot_be_read_or_written_is_one_sentence(
    log: Log, tmp_path: Path
) -> None:
    with pytest.raises(HistoryError, match="cannot be read: No such file"):
        log.merge(str(tmp_path / "nothing"))
    with pytest.raises(HistoryError, match="cannot be written"):
        log.export(str(tmp_path / "no" / "directory"))
    assert not list(tmp_path.glob("*.part*"))


def test_the_same_id_with_another_meaning_is_refused(log: Log, tmp_path: Path) -> None:
    file = tmp_path / "in.jsonl"
    file.write_text(LINE)
    assert log.merge(str(file)) == 1
    file.write_text(changed(quality=1))
    with pytest.raises(HistoryError, match="says something else"):
        log.merge(str(file))
    file.write_text(f"{changed(id='a' * 32)}\n{changed(id='a' * 32, quality=1)}")
    with pytest.raises(HistoryError, match="says something else"):
        log.merge(str(file))
    assert [e.quality for e in log.events()] == [4]


def test_a_byte_order_mark_and_empty_lines_are_no_reason_to_refuse(
    log: Log, tmp_path: Path
) -> None:
    file = tmp_path / "in.jsonl"
    file.write_bytes(b"\xef\xbb\xbf" + LINE.encode() + b"\r\n\r\n")
    assert log.merge(str(file)) == 1


def test_standard_output_and_input_go_by_a_dash(
    log: Log, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, clock: Clock
) -> None:
    log.append(Draft("answer", "dpo", "a", quality=4))
    pipe = io.BytesIO()
    monkeypatch.setattr("sys.stdout", SimpleNamespace(buffer=pipe))
    log.export("-")
    pipe.seek(0)
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=pipe))
    with Log.open(str(tmp_path / "other"), clock) as other:
        assert other.merge("-") == 1
        assert other.dump() == log.dump()


# -- the laws


@pytest.fixture(scope="module")
def empty() -> Iterator[sqlite3.Connection]:
    """A database without events, to copy."""
    db = sqlite3.connect(":memory:", isolation_level=None)
    store.migrate(db)
    yield db
    db.close()


class Device:
    """A database in memory that appends and merges as a log does."""

    def __init__(self, empty: sqlite3.Connection, name: int, skew: int) -> None:
        self.db = sqlite3.connect(":memory:", isolation_level=None)
        empty.backup(self.db)
        self.name, self.skew = f"{name:032x}", skew

    def events(self) -> list[Event]:
        return list(store.events(self.db))

    def merge(self, other: "Device") -> int:
        return exchange.merge(self.db, "test", other.events())

    def dump(self) -> list[tuple[Any, ...]]:
        return states.dump(self.db)

    def append(self, ident: str, now: int, draft: Draft) -> None:
        """As Log does it: later than all that is known here."""
        (last,) = self.db.execute("select max(logical) from event").fetchone()
        wall = now + self.skew
        logical = wall if last is None else max(wall, last + 1)
        event = Event(
            ident, self.name, logical, wall, 0, 1000 + wall, draft.kind, draft.course,
            draft.item, draft.target, draft.quality, draft.practice, draft.body,
        )  # fmt: skip
        with store.transaction(self.db):
            store.insert(self.db, [event])
            refold.step(self.db, event)


KINDS = ["answer"] * 7 + ["grade", "grade", "undo", "undo", "read", "attempt", "bring"]
KINDS += ["suspend", "resume", "reset", "note"]
ACTS = st.lists(
    st.tuples(
        st.integers(0, 2),  # which device
        st.integers(0, 2),  # it first takes in this one's events, if another
        st.sampled_from(KINDS),
        st.sampled_from(["a", "b", "old"]),
        st.integers(0, 5),
        st.integers(0, 30),  # target: so many events before
        st.integers(0, 7),  # more
    ),
    min_size=1,
    max_size=25,
)
SKEWS = st.tuples(*[st.sampled_from([0, 0, 1, -3, 8])] * 3)


def live(empty: sqlite3.Connection, acts: list[Any], skews: Any) -> list[Device]:
    """Three devices live through these acts; a day passes with every fourth."""
    devices = [Device(empty, k, skew) for k, skew in enumerate(skews)]
    ids: list[str] = []
    for k, (which, source, kind, item, quality, back, more) in enumerate(acts):
        if source != which:
            devices[which].merge(devices[source])
        target = ids[-1 - back % len(ids)] if ids else None
        ids.append(f"{k * 7919 % 1000:032x}")  # ties: not in the order of time
        draft = Draft(
            kind,
            "ppo" if more == 7 else "dpo",
            item,
            target if kind in ("grade", "undo") else None,
            None if more == 6 else quality,
            more == 5,
            {
                "fingerprint": "fg"[more % 2],
                "what": ["pass", "give-up", "check"][more % 3],
                "items": ["a", "old"] if more % 2 else ["b"],
            },
        )
        devices[which].append(ids[-1], k // 4, draft)
    return devices


@settings(max_examples=80, deadline=None)
@given(acts=ACTS, skews=SKEWS)
def test_devices_that_met_agree_whatever_the_order_and_however_often(
    empty: sqlite3.Connection, acts: list[Any], skews: Any
) -> None:
    devices = live(empty, acts, skews)
    try:
        for device in devices:
            stepped = device.dump()
            with store.transaction(device.db):
                refold.rebuild(device.db)
            assert device.dump() == stepped  # step by step is as all at once
        one, two, three = devices
        one.merge(two)  # (one ∪ two) ∪ three
        one.merge(three)
        three.merge(two)  # (three ∪ two) ∪ one, one having both already
        three.merge(one)
        two.merge(three)
        assert one.dump() == two.dump() == three.dump()
        assert one.merge(three) == 0
        folded = fold(one.events()).items
        assert states.read_all(one.db, "dpo") == {
            item: state for (course, item), state in folded.items() if course == "dpo"
        }
    finally:
        for device in devices:
            device.db.close()


@settings(max_examples=60, deadline=None)
@given(acts=ACTS, skews=SKEWS, names=st.sets(st.sampled_from(["a", "b", "old", "z"])))
def test_folding_some_items_again_changes_nothing(
    empty: sqlite3.Connection, acts: list[Any], skews: Any, names: set[str]
) -> None:
    devices = live(empty, acts, skews)
    try:
        db = devices[0].db
        db.execute("insert into alias values ('dpo', 'old', 'z')")
        with store.transaction(db):
            refold.rebuild(db)
            whole = devices[0].dump()
            refold.refold(db, "dpo", names)
            assert devices[0].dump() == whole
            refold.refold(db, "dpo")
            assert devices[0].dump() == whole
    finally:
        for device in devices:
            device.db.close()


def test_a_fresh_home_gets_the_same_schedule_to_the_bit(
    log: Log, clock: Clock, tmp_path: Path
) -> None:
    """Through files, with real logs, and with a third that learned something else."""
    events: list[str] = []
    for k in count():
        if k == 30:
            break
        clock.sleep(k % 3)
        quality = None if k % 7 == 0 else k % 6
        draft = Draft("answer", "dpo", f"card-{k % 4}", quality=quality, body={"k": k})
        events.append(log.append(draft).event.id)
        if k % 5 == 0:
            log.append(Draft("grade", "dpo", "", events[k // 2], 5))
        if k % 9 == 0:
            log.append(Draft("undo", "dpo", "", events[k // 3]))
        if k == 4:
            log.append(Draft("reset", "dpo"))
    file, back = str(tmp_path / "one.jsonl"), str(tmp_path / "two.jsonl")
    assert log.export(file) == len(list(log.events()))
    with Log.open(str(tmp_path / "fresh"), clock) as fresh:
        assert fresh.merge(file) == len(list(log.events()))
        assert fresh.dump() == log.dump() != []
        assert fresh.merge(file) == 0
        fresh.export(back)
        assert Path(back).read_bytes() == Path(file).read_bytes()
        assert fresh.device != log.device
        fresh.append(Draft("answer", "dpo", "card-1", quality=0))
        fresh.export(back)
        assert log.merge(back) == 1
        assert log.dump() == fresh.dump()
