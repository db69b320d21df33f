"""`drillbox stats`, for people and for programs."""

import json
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from drillbox.cli.opening import clock
from drillbox.cli.shell import run
from drillbox.domain.course import Course
from drillbox.domain.event import Draft
from drillbox.domain.statistics import wilson
from drillbox.domain.studyday import Moment, iso
from drillbox.history.log import Log
from drillbox.session import adopt

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def today(home: Path) -> int:
    """A record: one card learned yesterday and reviewed today. The study day."""
    ago = [86_400_000]

    def then() -> Moment:
        now = clock()
        return Moment(now.utc_ms - ago[0], now.offset_min)

    with Log.open(str(home), then) as log:
        log.set_live("dpo", {"a": ((), ""), "b": ((), "")})
        body = {"duration_ms": 90_000}
        log.append(Draft("answer", "dpo", "a", quality=1, body=body))
        ago[0] = 0
        log.append(Draft("answer", "dpo", "a", quality=4, body=body))
        log.append(Draft("suspend", "dpo", "b"))
        return log.today()


def test_people_read_lines(today: int, capsys: Capture) -> None:
    assert run(["stats"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[:3] == [
        "today      1 answer, 1.5 minutes",
        "streak     2 days",
        "dpo        1 seen, 0 due, 1 suspended; 1 of 1 due reviews right in the last "
        "30 days (100%)",
    ]
    assert lines[3].startswith(f"coming     {iso(today + 1)[5:]}: 1, ")


def test_programs_read_json(today: int, capsys: Capture) -> None:
    assert run(["stats", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "today": iso(today),
        "answers": 1,
        "minutes": 1.5,
        "streak": 2,
        "courses": {
            "dpo": {
                "seen": 1,
                "due": 0,
                "suspended": 1,
                "reviews": 1,
                "retention": 1.0,
                "ahead": {iso(today + k): 0 for k in range(1, 31)},  # of the course
                "drops": {},  # it has no item a
                "hardest": [],
            }
        },
        "forecast": {iso(today + k): int(k == 1) for k in range(1, 8)},
        "calibration": None,
        "predictions": None,
        "days": {
            iso(day): {"answers": 1, "seconds": 90.0} for day in (today - 1, today)
        },
    }


def test_a_course_has_its_drops_what_comes_and_what_is_hard(
    home: Path, capsys: Capture, dpo: Course
) -> None:
    hard, easy, gone = dpo.drop(1).items[0].id, dpo.drop(2).items[0].id, "gone"
    with reviewed(home, dpo) as log:
        for item, quality in ((hard, 1), (easy, 5), (gone, 1)):
            log.append(Draft("answer", "dpo", item, quality=quality))
        today = log.today()
    assert run(["stats", "--json"]) == 0
    one = json.loads(capsys.readouterr().out)["courses"]["dpo"]
    assert one["ahead"][iso(today + 1)] == 1 and one["ahead"][iso(today + 6)] == 1
    assert one["hardest"] == [{"item": hard, "drop": 1, "lapses": 1, "ef": 196}]
    low, high = wilson(1, 1)
    assert one["drops"]["2"] == {
        "right": 1,
        "count": 1,
        "share": 1.0,
        "low": low,
        "high": high,
    }
    assert run(["stats"]) == 0
    out = capsys.readouterr().out
    assert "  drop  1    0 of   1 right,   0% (0% to 79%)\n" in out
    assert "  drop  2    1 of   1 right, 100% (21% to 100%)\n" in out
    assert "  drop  1  forgotten 1 time, easiness 1.96: “" in out
    assert "  0 due now, 2 more in the next 7 days, 2 in the next 30.\n" in out
    assert not set("─│█░▒·●") & set(out)  # nothing that is drawn


def test_a_course_that_cannot_be_opened_is_left_out_with_a_sentence(
    home: Path, today: int, capsys: Capture
) -> None:
    broken = home / "courses" / "small"
    shutil.copytree(Path(__file__).parents[1] / "courses" / "small", broken)
    with Log.open(str(home), clock) as log:
        log.append(Draft("answer", "small", "pick", quality=4))
    (broken / "drops" / "01-first.yaml").write_text("id: [", encoding="utf-8")
    assert run(["stats"]) == 0
    out, err = capsys.readouterr()
    assert "its drops are left out" in err and out.startswith("today ")


@contextmanager
def reviewed(home: Path, course: Course) -> Iterator[Log]:
    """A record in which the first item of two drops was learned yesterday."""
    ago = [86_400_000]

    def then() -> Moment:
        now = clock()
        return Moment(now.utc_ms - ago[0], now.offset_min)

    with Log.open(str(home), then) as log:
        adopt(course, log)
        for number in (1, 2):
            item = course.drop(number).items[0].id
            log.append(Draft("answer", course.id, item, quality=4))
        ago[0] = 0
        yield log


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        (3, ["confidence 3 answers; shown after 57 more"]),
        (
            60,
            [
                "confidence 60 answers, Brier score 0.197 (0 is perfect, always saying "
                "50% gives 0.250)",
                "           a guess: said 50%, right 50% of 30",
                "           sure: said 90%, right 83% of 30",
            ],
        ),
    ],
)
def test_confidence_is_held_against_right_answers_from_60_on(
    home: Path, capsys: Capture, answers: int, said: list[str]
) -> None:
    with Log.open(str(home), clock) as log:
        log.set_live("dpo", {"a": ((), "")})
        for k in range(answers):
            sure = 0.9 if k % 2 else 0.5
            right = k % 12 != 11 if k % 2 else k % 4 == 0
            body = {
                "answer": {"options": [0], "confidence": sure},
                "verdict": "right" if right else "wrong",
            }
            log.append(Draft("answer", "dpo", "a", quality=4, body=body))
        last = log.append(Draft("answer", "dpo", "a", quality=4, body=body))
        log.append(Draft("undo", "dpo", "a", target=last.event.id))
        log.append(Draft("answer", "dpo", "a", quality=4, body={"answer": {}}))
    assert run(["stats"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[3 : 3 + len(said)] == said


def test_looking_at_nothing_makes_nothing(home: Path, capsys: Capture) -> None:
    assert run(["stats"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("today      0 answers, 0.0 minutes\nstreak     0 days\ncomin")
    assert not home.exists()


def test_a_course_is_counted(home: Path, capsys: Capture) -> None:
    assert run(["stats", "--course"]) == 0
    lines = capsys.readouterr().out.splitlines()
    drops = [line for line in lines if line[:2].strip().isdigit()]
    assert len(drops) == 14 and "exercise" in "".join(lines)
    found = dict(line.split(maxsplit=1) for line in lines[14:])
    assert found["drops"].startswith("14, ")
    assert "choice" in found["kinds"] and "recall" in found["kinds"]
    beliefs, asked, known = map(int, re.findall(r"\d+", found["misconceptions"]))
    assert beliefs >= asked >= known > 0
    assert not home.exists() or not list(home.glob("*history*"))


def test_another_course_is_counted_by_its_path(capsys: Capture) -> None:
    small = Path(__file__).parents[1] / "courses" / "small"
    assert run(["stats", "--course", str(small)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == (
        " 1   4 cards of 4 kinds, 1 parametric; 5 words, 0.0 of 7 minutes; nothing tied"
    )
    assert "kinds          1 choice, 1 numeric, 1 cloze, 1 recall" in lines
    assert "sources        0 of 4" in lines
