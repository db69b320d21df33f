"""`drillbox preview`: what learners will see, and what is wrong, never a traceback."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from drillbox.cli.shell import run
from drillbox.domain.card import KINDS
from drillbox.grader.exercise import find
from drillbox.workbench import new

ROOT = Path(__file__).parents[2]


@pytest.fixture
def there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty directory to work in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def shown(capsys: pytest.CaptureFixture[str], *words: str, code: int = 0) -> str:
    assert run(["preview", *words]) == code
    streams = capsys.readouterr()
    return streams.out + streams.err


def test_a_drop_is_read_then_asked(
    there: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    new.course("averages")
    text = shown(capsys, "averages/drops/01-first.yaml")
    assert text.startswith("Drop 1: Averages first\n\nWrite what is needed")
    assert "(1/B) ∑ᵢ xᵢ" in text  # a formula as its line
    places = [text.index(f"{k} of 3. ") for k in (1, 2, 3)]
    assert places == sorted(places)
    assert "Hint: Count how often" in text and "Answer: it stays" in text


@pytest.mark.parametrize(
    ("columns", "rows"),
    [("80", ["       1", "  h = ─── x", "       β"]), ("8", ["  h = (1/β) x"])],
)
def test_a_formula_of_its_own_paragraph_stands_as_on_a_board_if_it_fits(
    there: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    columns: str,
    rows: list[str],
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    new.course("averages")
    drop = there / "averages" / "drops" / "01-first.yaml"
    formula = "reading: |\n  $h = \\frac{1}{\\beta} x$\n\n"
    text = drop.read_text("utf-8").replace("reading: |\n", formula, 1)
    drop.write_text(text, "utf-8")
    assert shown(capsys, str(drop)).split("\n")[2 : 2 + len(rows)] == rows


STEPS = """
- id: steps
  kind: order
  prompt: Put them in order.
  steps:
    - {text: '$\\frac{a}{b}$', why: First.}
    - {text: $r_w$, why: Then.}
    - {text: the rest, why: Last.}
  explain: So.
  source: derived here
"""


def test_a_formula_behind_a_number_is_its_line(
    there: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("steps.yaml").write_text(STEPS)
    lines = shown(capsys, "steps.yaml").split("\n")
    assert {line[5:] for line in lines if line[:2] == "  "} == {
        "a/b",
        "r_w",
        "the rest",
    }


@pytest.mark.parametrize("kind", KINDS)
def test_a_card_of_every_kind_is_shown_with_its_answer(
    there: Path, capsys: pytest.CaptureFixture[str], kind: str
) -> None:
    new.card("mine", kind)
    text = shown(capsys, "mine.yaml")
    assert "1 of 1. " + kind in text and "Answer:" in text
    assert ("A good answer says:" in text) == (kind == "recall")


def test_one_card_of_a_drop_can_be_chosen(
    there: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    new.course("averages")
    drop = "averages/drops/01-first.yaml"
    text = shown(capsys, drop, "--card", "averages-first-numeric")
    assert text.startswith("[averages-first-numeric]\n1 of 1. numeric\n")
    assert "Drop 1" not in text
    text = shown(capsys, drop, "--card", "averages-first-numerc", code=2)
    assert (
        "shows no card 'averages-first-numerc'; did you mean averages-first-nu" in text
    )


@pytest.mark.parametrize("name", ["", "/exercise.yaml"])
def test_an_exercise_is_shown_as_its_learner_meets_it(
    capsys: pytest.CaptureFixture[str], name: str
) -> None:
    exercise = find("ipo-loss")
    text = shown(capsys, exercise.directory + name)
    assert text.startswith("The IPO loss, drop 13, about 4 minutes\n")
    assert exercise.head.signature in text and "Hint 3 of 3: " in text
    assert exercise.starter in text


@pytest.mark.parametrize(
    ("old", "new_text", "said"),
    [
        ("kind: numeric", "kind: numerc", ":2:9: [1].kind: there is no kind `numerc`"),
        ("answer: 'n * m'", "answer: 'n * k'", ":7:11: [1].answer: there is no"),
        ("- id: mine", "- id: [mine", "mine.yaml:"),
    ],
)
def test_problems_are_said_as_lint_says_them(
    there: Path,
    capsys: pytest.CaptureFixture[str],
    old: str,
    new_text: str,
    said: str,
) -> None:
    new.card("mine")
    path = there / "mine.yaml"
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new_text))
    text = shown(capsys, "mine.yaml", code=1)
    assert said in text and "Traceback" not in text


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("nothing.yaml", "nothing.yaml has no course.yaml in it; give the directory"),
        ("averages", "averages is a whole course; give one of its files in drops/"),
    ],
)
def test_what_cannot_be_shown_is_one_sentence(
    there: Path, capsys: pytest.CaptureFixture[str], name: str, said: str
) -> None:
    new.course("averages")
    assert shown(capsys, name, code=2).startswith(f"drillbox: {said}")


@pytest.fixture(params=["mine.yaml"])
def watching(
    there: Path, request: pytest.FixtureRequest
) -> Iterator["subprocess.Popen[str]"]:
    """`preview --watch` in a process of its own."""
    new.card("mine")
    new.exercise("loss")
    command = [sys.executable, "-m", "drillbox", "preview", request.param, "--watch"]
    paths = os.environ | {"PYTHONPATH": str(ROOT), "DRILLBOX_HOME": str(there)}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=paths
    ) as process:
        yield process
        process.kill()


def round_of(process: "subprocess.Popen[str]") -> str:
    """What is shown up to the end of one round."""
    assert process.stdout is not None
    lines = []
    for line in process.stdout:
        lines.append(line)
        if "shown again on every save" in line:
            return "".join(lines)
    raise AssertionError("".join(lines))


def test_every_save_is_shown_whatever_the_editor_does(
    there: Path, watching: "subprocess.Popen[str]"
) -> None:
    path = there / "mine.yaml"
    text = path.read_text()
    assert "the mean" in round_of(watching)
    path.write_text(text.replace("the mean", "the average"))  # in place
    assert "the average" in round_of(watching)
    other = there / "mine.yaml.new"  # written beside it and moved over it
    other.write_text(text.replace("kind: numeric", "kind: numerc"))
    other.replace(path)
    assert "there is no kind `numerc`" in round_of(watching)
    path.unlink()  # gone for a while, as some editors do it
    path.write_text(text)
    assert "the mean" in round_of(watching)
    watching.send_signal(signal.SIGINT)
    assert watching.wait(20) == 0


@pytest.mark.parametrize("watching", ["loss", "loss/exercise.yaml"], indirect=True)
def test_of_an_exercise_task_and_starter_are_followed(
    there: Path, watching: "subprocess.Popen[str]"
) -> None:
    assert "write the loss here" in round_of(watching)
    for name, old in (("starter.py", "the loss here"), ("exercise.yaml", "of a batch")):
        path = there / "loss" / name
        path.write_text(path.read_text().replace(old, "of all of them"))
        assert "of all of them" in round_of(watching)
