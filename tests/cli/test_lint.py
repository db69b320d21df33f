"""`drillbox lint`: one line a problem, and an exit code for scripts."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from drillbox.cli.lint import command
from drillbox.cli.shell import run

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
    assert done.stdout == "1 drop, 4 cards, no problems\n"


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


def test_help_has_examples() -> None:
    assert "drillbox lint my-course --quick" in lint("--help").stdout
