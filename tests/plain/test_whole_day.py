"""A whole day of the shipped course through a pipe, with a real grader and a run."""

import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from drillbox.domain.course import Course
from drillbox.domain.event import ANSWER, ATTEMPT, OUTCOME, PREDICT, READ, Draft, Event
from drillbox.domain.studyday import Moment
from drillbox.grader.exercise import find
from drillbox.history.log import Log
from drillbox.lab.begin import find as find_run
from drillbox.lab.document import shipped
from drillbox.session import adopt
from tests.plain import day

DAY_MS = 86_400_000
READ_BEFORE = 5  # drops; the sixth is read today, and its run takes a second
DRAWN = "[\u2500-\u259f\u2800-\u28ff\x1b\r\b]"  # boxes, blocks, braille, escapes
Done = subprocess.CompletedProcess[str]


def now() -> Moment:
    """This moment, as the program's own clock has it."""
    return Moment(int(time.time() * 1000), time.localtime().tm_gmtoff // 60)


def yesterday() -> Moment:
    """A day before."""
    today = now()
    return Moment(today.utc_ms - DAY_MS, today.offset_min)


@pytest.fixture(scope="module")
def lived(dpo: Course, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Done]:
    """Five drops were read and answered yesterday; today is typed and piped."""
    home = tmp_path_factory.mktemp("day") / "home"
    with Log.open(str(home), yesterday) as log:
        adopt(dpo, log)
        for drop in dpo.drops[:READ_BEFORE]:
            log.append(Draft(READ, "dpo", drop.id))
            for item in drop.core:
                log.append(Draft(ANSWER, "dpo", item.id, quality=4))
    ahead = home.with_name("ahead")
    shutil.copytree(home, ahead)
    with Log.open(str(ahead), now) as log:
        cards = list(day.lines(dpo, log, minutes=40))
    solve(home)
    typed = [*cards, "e", "h", "", "q", "l", *predicted(), "t", ""]
    return home, piped(home, typed)


def solve(home: Path) -> None:
    """Write the first exercise's solution where its file belongs."""
    work = home / "exercises"
    work.mkdir()
    (work / "memory-bytes.py").write_text(find("memory-bytes").solution())


def predicted() -> list[str]:
    """The right answer to every question of the run, as the shipped record has it."""
    run = find_run("partition")
    assert run is not None
    end = {"type": "end", "seconds": 1.0}
    happened = run.happened([*shipped(run.id), end])
    lines = []
    for question in run.questions:
        answer = happened[question.id].answer
        number = question.choices.index(str(answer)) + 1 if question.choices else answer
        lines += [str(number), "90"]
    return lines


def piped(home: Path, typed: list[str]) -> Done:
    words = [sys.executable, "-m", "drillbox", "review", "--plain", "--minutes", "40"]
    return subprocess.run(
        words,
        input="".join(f"{line}\n" for line in typed),
        capture_output=True,
        text=True,
        env={**os.environ, "DRILLBOX_HOME": str(home), "PYTHONIOENCODING": "utf-8"},
    )


def events(home: Path, kind: str) -> list[Event]:
    """What is on disk of today, of one kind."""
    with Log.open(str(home), now) as log:
        return [one for one in log.events("dpo") if one.kind == kind]


def test_the_day_ends_well_and_everything_is_right(lived: tuple[Path, Done]) -> None:
    home, done = lived
    assert (done.returncode, done.stderr) == (0, "")
    today = events(home, ANSWER)[3 * READ_BEFORE :]
    assert len(today) > 10
    assert {one.body["verdict"] for one in today} <= {"right", "ungraded"}
    assert f"Done: {len(today)} answers, {len(today)} right" in done.stdout
    assert done.stdout.endswith("> Bye.\n")


def test_exercise_and_run_are_on_disk(lived: tuple[Path, Done]) -> None:
    home, _ = lived
    what = [(one.item, one.body["what"]) for one in events(home, ATTEMPT)]
    assert what == [("memory-bytes", "hint"), ("memory-bytes", "pass")]
    (said,) = events(home, PREDICT)
    assert said.item == "partition"
    assert not events(home, OUTCOME)


def test_question_choices_and_verdict_are_heard_in_this_order(
    lived: tuple[Path, Done], dpo: Course
) -> None:
    text = lived[1].stdout
    cards = re.split(r"\n\d+ of \d+\. ", text)[1:]
    assert len(cards) > 10
    for card in cards:
        told = min(card.find(word) % len(text) for word in ("Right.", "Compare."))
        assert card.find("\n  1. ") < card.index("\nType ") < told < len(card)


def test_nothing_is_drawn_and_nothing_coloured(lived: tuple[Path, Done]) -> None:
    assert re.findall(f".*{DRAWN}.*", lived[1].stdout) == []


@pytest.mark.parametrize(
    "said",
    [
        "Next: e, the exercise memory-bytes.",
        "Your file: ",
        "Hint 1 of 3: ",
        "memory-bytes: passed, ",
        "Recorded: quality 3",
        "l the run partition, t statistics",
        "Run partition: ",
        "How sure are you, from 50 (a guess) to 100 percent?",
        "Question 1: ",
        "Right. It was ",
        "What it shows:",
        "2 days in a row.",
        "What comes:",
        "Kept, by drop",
        "Hardest cards:",
    ],
)
def test_the_day_says(lived: tuple[Path, Done], said: str) -> None:
    assert said in lived[1].stdout
