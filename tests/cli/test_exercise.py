"""`drillbox exercise`: looking makes nothing, beginning anew loses nothing."""

import json
import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from drillbox import places
from drillbox.cli.shell import run
from drillbox.domain.attempts import digest
from drillbox.domain.event import Draft
from drillbox.domain.studyday import Moment
from drillbox.history.log import Log

Say = Callable[..., tuple[int, str, str]]


@pytest.fixture
def say(home: Path, capsys: pytest.CaptureFixture[str]) -> Say:
    """One call in this process: exit code, output, error output."""

    def call(*words: str) -> tuple[int, str, str]:
        code = run(words)
        said = capsys.readouterr()
        return code, said.out, said.err

    return call


def test_list_shows_every_exercise_and_makes_no_record(say: Say, home: Path) -> None:
    code, text, _ = say("exercise", "list")
    assert code == 0 and not home.exists()
    ids = [line.split()[0] for line in text.splitlines()]
    folders = Path(places.shipped_exercises()).glob("*/exercise.yaml")
    assert sorted(ids) == sorted(path.parent.name for path in folders)
    drops = [int(line.split()[2]) for line in text.splitlines()]
    assert drops == sorted(drops)
    assert text.count(" new ") == len(ids)


def test_fresh_sets_the_file_aside_and_begins_with_the_starter(
    say: Say, home: Path
) -> None:
    path = Path(say("exercise", "start", "dpo-loss")[1].splitlines()[0])
    starter = path.read_text()
    for text in ("first", "second"):
        path.write_text(text)
        assert say("exercise", "start", "dpo-loss", "--fresh")[0] == 0
        assert path.read_text() == starter
    assert (path.parent / "dpo-loss.1.py").read_text() == "first"
    assert (path.parent / "dpo-loss.2.py").read_text() == "second"


def test_a_file_that_cannot_be_graded_has_every_field_of_the_json(say: Say) -> None:
    code, text, _ = say("check", "dpo-loss", "missing.py", "--json")
    told = json.loads(text)
    assert code == 2 and told["passed"] is False and told["cases"] == []
    assert "there is no file missing.py" in told["error"]
    fields = "exercise file passed device sandbox reference_readable seconds cases"
    assert set(fields.split()) | {"diagnosis", "facts", "error"} == set(told)


@pytest.mark.parametrize("verb", ["show", "start", "hint", "give-up"])
def test_no_such_exercise_names_the_nearest(say: Say, verb: str) -> None:
    code, _, error = say("exercise", verb, "dpo-gradent")
    assert code == 2 and "did you mean dpo-gradient?" in error
    assert error.count("\n") == 1


def test_hints_come_in_order_and_the_last_one_stays(say: Say) -> None:
    shown = [say("exercise", "hint", "dpo-loss")[1] for _ in range(4)]
    assert [text[:11] for text in shown] == [
        f"Hint {k} of 3"[:11] for k in (1, 2, 3, 3)
    ]


def test_an_exercise_that_came_back_starts_blank_and_keeps_the_old_file(
    say: Say, home: Path
) -> None:
    path = Path(say("exercise", "start", "dpo-loss")[1].splitlines()[0])
    starter = path.read_text()
    path.write_text("mine")
    passed = {"what": "pass", "answer": {"digest": digest("mine")}}
    three_days_ago = time.time() - 3 * 86_400
    os.utime(path, (three_days_ago, three_days_ago))
    with Log.open(str(home), lambda: Moment(int(three_days_ago * 1000), 0)) as log:
        log.append(Draft("attempt", "dpo", "dpo-loss", quality=5, body=passed))
    assert "  due  " in say("exercise", "list")[1]
    code, out, error = say("exercise", "start", "dpo-loss")
    assert (code, out.splitlines()[0]) == (0, str(path))
    assert "dpo-loss.1.py" in error
    assert path.read_text() == starter
    assert (path.parent / "dpo-loss.1.py").read_text() == "mine"
    path.write_text("again")
    assert "old file" not in say("exercise", "start", "dpo-loss")[2]
    assert path.read_text() == "again"
