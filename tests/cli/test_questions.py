"""`drillbox questions`: the list, an answer, and numbers that there are not."""

import shutil
from pathlib import Path

import pytest

from drillbox.cli.shell import run
from drillbox.domain.course import Course
from drillbox.library import chosen

Capture = pytest.CaptureFixture[str]
SMALL = Path(__file__).parents[1] / "courses" / "small"


def test_the_questions_are_listed_with_their_numbers(
    home: Path, capsys: Capture, dpo: Course
) -> None:
    assert run(["questions"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line[:3] for line in lines] == [
        f"{number}  " for number in range(1, len(dpo.questions) + 1)
    ]
    assert not (home / "history.db").exists()


def test_an_answer_stands_between_its_question_and_its_drops(
    capsys: Capture, dpo: Course
) -> None:
    assert run(["questions", "1"]) == 0
    out = capsys.readouterr().out
    assert out.startswith(f"{dpo.questions[0].question}\n\n")
    drops = ", ".join(map(str, dpo.questions[0].drops))
    assert out.endswith(f"\n\nTreated in drops {drops}.\n")
    assert "$" not in out and "\\log" not in out  # formulas are lines


@pytest.mark.parametrize("number", ["0", "99"])
def test_a_number_that_there_is_not_gets_the_range(
    capsys: Capture, dpo: Course, number: str
) -> None:
    assert run(["questions", number]) == 2
    said = f"no question {number}; it has 1 to {len(dpo.questions)}"
    assert said in capsys.readouterr().err


def test_a_course_without_questions_says_who_writes_them(capsys: Capture) -> None:
    assert run(["questions", "--course", str(SMALL)]) == 0
    assert "questions.yaml" in capsys.readouterr().out
    assert run(["questions", "1", "--course", str(SMALL)]) == 2
    assert "it has none" in capsys.readouterr().err


def test_they_are_those_of_the_course_that_was_chosen_last(
    home: Path, capsys: Capture
) -> None:
    shutil.copytree(SMALL, home / "courses" / "small")
    chosen.remember(str(home / "courses" / "small"))
    assert run(["questions"]) == 0
    assert "this course has no questions" in capsys.readouterr().out
    shutil.rmtree(home / "courses" / "small")
    assert run(["questions", "1"]) == 0
    assert "is no longer in" in capsys.readouterr().err
