"""A whole day by keyboard alone and by mouse alone, on every size of screen.

A drop of every kind of card is read and answered, a verdict changed and taken back, an
exercise graded by a grader that says what it is told, a run replayed from its record.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
import yaml

from drillbox.domain.course import Course
from drillbox.grader.exercise import find
from drillbox.grader.report import Case
from drillbox.lab.begin import find as find_run
from drillbox.lab.document import shipped
from drillbox.library.load import load_course
from drillbox.screen.app import Wish
from drillbox.screen.rows import Row
from tests import pictures
from tests.screen.conftest import GOLDEN, HEAD, Seat, drop_of
from tests.screen.hands import Hand, Keyboard, Mouse, answer

SIZES = ((40, 15), (60, 20), (80, 30), (120, 40))
DAYS = [(kind, size) for kind in (Keyboard, Mouse) for size in SIZES]
RIGHT = (Case("1 pair", True), Case("2 pairs", True))
RUN = "partition"
READING = "\n\n".join(f"Paragraph {n} of a text that is read on." for n in range(20))


@pytest.fixture(scope="module")
def every(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """A drop for each kind of card; the first has both choices, exercise and run."""
    directory = tmp_path_factory.mktemp("courses") / "kinds"
    (directory / "drops").mkdir(parents=True)
    (directory / "course.yaml").write_text(HEAD, encoding="utf-8")
    for number, path in enumerate(sorted(GOLDEN.glob("*.yaml")), 1):
        drop = drop_of(path, number)
        if path.stem == "choice":
            several = yaml.safe_load(path.read_text(encoding="utf-8"))[1]["card"]
            drop["cards"].append(several)
            drop |= {"exercises": ["dpo-loss"], "runs": [RUN], "reading": READING}
        file = directory / "drops" / f"{number:02}-{path.stem}.yaml"
        file.write_text(yaml.safe_dump(drop, allow_unicode=True), encoding="utf-8")
    loaded = load_course(str(directory))
    assert loaded.course is not None, loaded.problems
    return loaded.course


class Idle:
    """A worker that nothing is asked of."""

    def start(self) -> None:
        """Nothing starts."""

    def close(self) -> None:
        """Nothing ends."""


def replayed(run: Any, values: Any, **_: Any) -> Iterator[dict[str, Any]]:
    """The shipped record in place of a run."""
    yield from shipped(run.id)
    yield {"type": "end", "seconds": 1.0}


@pytest.mark.parametrize(
    ("kind", "size"), DAYS, ids=[f"{k.__name__}-{s[0]}x{s[1]}" for k, s in DAYS]
)
async def test_a_whole_day_is_lived(
    sit_down, every, monkeypatch, kind: type[Hand], size: tuple[int, int]
) -> None:
    monkeypatch.setattr("drillbox.domain.confidence.EVERY", 1)
    wish = Wish(minutes=200, everything=True)
    async with sit_down(every, wish, size=size) as seat:
        hand = kind(seat)
        await hand.next("⏎ start")
        await cards(hand, seat)
        await exercise(hand, seat)
        await run(hand, seat)
        await statistics(hand, seat)
        assert seat.shown == "HomeScreen"
        await hand.do("q quit")
        assert seat.app.return_code == 0 and seat.app.return_value is None


async def cards(hand: Hand, seat: Seat) -> None:
    """Every drop and card, the first one wrong at first."""
    await reading(hand, seat)
    await second_thoughts(hand, seat)
    kinds = []
    while seat.shown != "EndScreen":
        if seat.shown == "ReadScreen":
            await reading(hand, seat)
        elif seat.shown == "AskScreen":
            kinds.append(seat.screen.step.item.card.kind)
            await everything_is_there(hand, seat)
            await answer(hand)
        else:
            await verdict(hand, seat)
    assert len(set(kinds)) == 8
    given = seat.events()
    assert {event.body["verdict"] for event in given} >= {"right", "wrong"}
    assert any("confidence" in event.body["answer"] for event in given)


async def reading(hand: Hand, seat: Seat) -> None:
    """Every page of a drop, by the key that stands first."""
    drop = seat.screen.step.drop
    text = await hand.unrolled()
    assert all("".join(line.split()) in text for line in drop.reading.split("\n\n"))
    while "⏎ read on" in seat.keys:
        await hand.next("⏎ read on")
    await hand.next("⏎ to the cards")


async def everything_is_there(hand: Hand, seat: Seat) -> None:
    """No option, step or line is cut off."""
    text = await hand.unrolled()
    rows = ["".join(str(row.text).split()) for row in seat.screen.query(Row)]
    assert [row for row in rows if row not in text] == []


async def second_thoughts(hand: Hand, seat: Seat) -> None:
    """A wrong answer, another grade for it, and then it is taken back."""
    assert seat.shown == "AskScreen"
    await answer(hand, well=False)
    assert "✗ Wrong" in seat.text
    await hand.number(3, "0–5 grade")
    assert "Quality 3" in seat.text
    await hand.do("u undo")
    assert seat.shown == "AskScreen"
    assert [event.quality for event in seat.events("grade")] == [3]


async def verdict(hand: Hand, seat: Seat) -> None:
    """On to the next card; a recall is graded first."""
    assert seat.shown == "ToldScreen"
    if seat.screen.told.quality is None:
        assert seat.keys.startswith("0–5 grade"), seat.keys
        await hand.number(4, "0–5 grade")
    elif seat.screen.told.again:  # a mouse types nothing, and says that it was known
        await hand.number(4, "0–5 grade")
    await hand.next("⏎ next")


async def exercise(hand: Hand, seat: Seat) -> None:
    """The exercise that the end offers: a hint, a pass, then home."""
    grader = pictures.FakeGrader(RIGHT)
    with patch("drillbox.screen.exercise.Grader", lambda **_: grader):
        await hand.next("e exercise")
    assert seat.shown == "ExerciseScreen"
    assert seat.keys.startswith("e edit"), seat.keys
    await hand.do("h hint")
    Path(seat.screen.file.path).write_text(find("dpo-loss").solution())
    await hand.do("r grade")
    assert [event.body["what"] for event in seat.events("attempt")] == ["hint", "pass"]
    assert "Passed" in seat.text
    await hand.do("esc back")


async def run(hand: Hand, seat: Seat) -> None:
    """The run of the first drop: every question, then the verdict."""
    assert seat.shown == "HomeScreen"
    with (
        patch("drillbox.screen.lab_run.begin", replayed),
        patch("drillbox.screen.lab_run.worker_of", lambda _: Idle()),
    ):
        await hand.do("l run")
        while "⏎ read on" in seat.keys:
            await hand.next("⏎ read on")
        await hand.next("⏎ predict")
        await predicted(hand, seat)
    (event,) = seat.events("predict")
    assert event.item == RUN
    questions = find_run(RUN).questions  # type: ignore[union-attr]
    assert f"of {len(questions)} right" in seat.text
    await hand.do("esc back")


async def predicted(hand: Hand, seat: Seat) -> None:
    """The first choice of every question, fairly sure."""
    for question in find_run(RUN).questions:  # type: ignore[union-attr]
        await everything_is_there(hand, seat)
        span = f"1–{len(question.choices)} answer"
        assert seat.keys.startswith(span), seat.keys
        await hand.row(0, "⏎ this one")
        assert seat.keys.startswith("5–9, 0 how sure"), seat.keys
        await hand.number(7, "5–9, 0 how sure")


async def statistics(hand: Hand, seat: Seat) -> None:
    """What the record says of it."""
    assert "⏎ start" not in seat.keys
    await hand.do("t statistics")
    assert "Statistics" in seat.text
    while "read on" in seat.keys:
        await hand.do("space read on")
    await hand.do("esc back")
