"""`drillbox lint`: one line a problem, and an exit code for scripts."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from drillbox.cli.lint import command
from drillbox.cli.shell import run
from drillbox.workbench import new

SMALL = Path(__file__).parents[1] / "courses" / "small"


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A copy of the small course that a test may break."""
    return Path(shutil.copytree(SMALL, tmp_path / "course"))


def lint(*words: str) -> Result:
    return CliRunner().invoke(command, words, standalone_mode=False)


def test_a_sound_course_is_counted_and_exits_with_0(course: Path) -> None:
    done = lint(str(course), "--quick")
    assert done.return_value == 0
    *warnings, last = done.stdout.splitlines()
    assert last == "1 drop, 4 cards, no problems, 4 warnings"
    assert [line.split(": ")[2:4] for line in warnings] == [
        [
            f"card {card}",
            "has no `source`; write paper and equation, repository and path, "
            "or `derived here",
        ]
        for card in ("pick", "sum", "gap", "tell")
    ]


def test_problems_come_one_a_line_and_exit_with_1(course: Path) -> None:
    path = course / "drops" / "01-first.yaml"
    text = path.read_text().replace("kind: choice", "kind: chioce")
    path.write_text(
        text.replace("rubric: [said]", "rubric: said").replace("does:", "dose:")
    )
    done = lint(str(course), "--quick")
    assert done.return_value == 1
    assert done.stdout.splitlines() == [
        f"{path}:1:1: does: is missing; write `does: …`",
        f"{path}:6:1: dose: a drop file has no such field; write `does`",
        f"{path}:11:11: cards[1].kind: there is no kind `chioce` of card; write "
        "`choice`",
        "3 problems",
    ]


@pytest.mark.parametrize("name", ["nowhere", "."])
def test_what_is_no_course_is_one_sentence_and_exits_with_2(
    tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    directory = str(tmp_path / name)
    assert run(["lint", directory]) == 2
    streams = capsys.readouterr()
    expected = f"drillbox: {directory} has no course.yaml in it; give the directory of"
    assert streams.out == "" and streams.err.startswith(expected)


EXERCISE = "averages/exercises/mean-square"


@pytest.fixture
def exercise(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, one_crew: None) -> Path:
    """An exercise as `drillbox new` writes it, in a course of its own."""
    monkeypatch.chdir(tmp_path)
    new.course("averages")
    new.exercise("mean-square", "averages")
    return tmp_path / EXERCISE


def test_a_sound_exercise_says_how_long_a_grade_takes(exercise: Path) -> None:
    done = lint(EXERCISE)
    assert done.return_value == 0
    first, last = done.stdout.splitlines()
    said = "mean-square: proved; 6 changes of the reference, none unnoticed; a grade"
    assert first.startswith(said) and last == "1 exercise, no problems"


SOLUTION = "(predicted - wanted).square().mean()"


@pytest.mark.parametrize(
    ("file", "change", "said"),
    [
        (  # a broken reference
            "reference.py",
            (SOLUTION, f"-{SOLUTION}"),
            "equivalent/dot.py:1:1: equivalent: fails the case '1 entry, seed 0': loss",
        ),
        (  # a weak test
            "reference.py",
            ("yield ", "if 0: yield "),
            "sum-for-mean.py:1:1: sum-for-mean: passes: no case tells it from the ref",
        ),
        (  # a wrong solution without a name
            "wrong/sum-for-mean.py",
            ("# message: ", "# "),
            "sum-for-mean.py:1:1: message: is missing in the header; begin with",
        ),
        (  # a starter that gives the solution away
            "starter.py",
            ('raise NotImplementedError("write the loss here")', f"return {SOLUTION}"),
            "starter.py:1:1: starter: passes; leave the work to the learner",
        ),
    ],
    ids=["reference", "test", "name", "starter"],
)
def test_what_an_author_does_wrong_is_found(
    exercise: Path, file: str, change: tuple[str, str], said: str
) -> None:
    path = exercise / file
    text = path.read_text(encoding="utf-8")
    head, sep, rest = text.partition('yield "1 entry"')  # that case stays
    changed = head.replace(*change) + sep + rest.replace(*change)
    assert changed != text
    path.write_text(changed, encoding="utf-8")
    done = lint(EXERCISE)
    assert done.return_value == 1
    assert said in done.stdout and "\n1 problem" in done.stdout, done.stdout


def test_a_change_that_no_case_notices_is_a_warning_with_its_line(
    exercise: Path,
) -> None:
    path = exercise / "reference.py"
    text = path.read_text(encoding="utf-8")
    clamped = SOLUTION.replace(".mean()", ".clamp(max=1000).mean()")
    path.write_text(text.replace(SOLUTION, clamped), encoding="utf-8")
    done = lint(EXERCISE)
    assert done.return_value == 0
    _, *warnings, last = done.stdout.splitlines()
    assert last == f"1 exercise, no problems, {len(warnings)} warnings"
    assert (
        f"{EXERCISE}/reference.py:9:1: warning: reference: no case notices this "
        f"change: - return {clamped} + return {clamped.replace('1000', '1001')}; "
        "add a case that does, or say why nobody could under `unnoticeable:`"
    ) in warnings


def test_help_has_examples() -> None:
    assert "drillbox lint my-course --quick" in lint("--help").stdout
