"""The words of a page, on the screen, line by line and by the verb."""

import io
import shutil
from pathlib import Path

import pytest

from drillbox.cli.shell import run as drillbox
from drillbox.domain.course import Course
from drillbox.history.log import Log
from drillbox.library.load import load_course
from drillbox.plain import run
from drillbox.session import adopt, today
from drillbox.workbench.lint import examine

SMALL = Path(__file__).parents[1] / "courses" / "small"
GLOSSARY = """\
- term: margin
  meaning: What the loss is of.
  symbols: ['\\beta h']
- {term: sigmoid, meaning: It is between 0 and 1.}
- {term: this, meaning: The first of three.}
- {term: zebra, meaning: Nothing uses it.}
"""


@pytest.fixture
def worded(tmp_path: Path) -> Course:
    """The small course with a glossary."""
    path = Path(shutil.copytree(SMALL, tmp_path / "course"))
    (path / "glossary.yaml").write_text(GLOSSARY, encoding="utf-8")
    loaded = load_course(str(path))
    assert loaded.course is not None, loaded.problems
    return loaded.course


async def test_g_shows_the_words_of_a_reading_and_of_a_question_as_a_hint(
    sit_down, worded
) -> None:
    async with sit_down(worded) as seat:
        await seat.press("enter", "g")
        assert "margin (βh): What the loss is of." in seat.text
        assert "sigmoid" not in seat.text
        await seat.press("escape")
        await seat.read()
        await seat.press("g")
        assert "this: The first of three." in seat.text
        await seat.press("g")
        await seat.answer()
        assert seat.events()[0].body["hint"] is True
        assert "g words" not in seat.keys or "this" in seat.text


def test_the_plain_session_says_them_too(worded: Course, log: Log) -> None:
    adopt(worded, log)
    out = io.StringIO()
    lines = io.StringIO("g\n\ng\n?\n?\n:g\n?\nq\n")
    run(worded, log, today(worded, log), lines, out)
    text = out.getvalue()
    assert "margin (βh): What the loss is of." in text
    assert "this: The first of three." in text
    assert "No word of the glossary is used here." in text


def test_the_verb_says_a_term_by_name_or_symbol(
    worded: Course, capsys: pytest.CaptureFixture[str]
) -> None:
    assert drillbox(["glossary", r"\beta h", "--course", worded.directory]) == 0
    assert capsys.readouterr().out == "margin (βh): What the loss is of.\n"
    assert drillbox(["glossary", "--course", worded.directory]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 4
    assert drillbox(["glossary", "margn", "--course", worded.directory]) == 2
    assert "no 'margn'; did you mean margin?" in capsys.readouterr().err


def test_lint_warns_of_a_term_that_nothing_uses(worded: Course) -> None:
    found = [str(one) for one in examine(worded.directory, True, print).warnings]
    told = [one.split("glossary.yaml:")[1] for one in found if "glossary.yaml" in one]
    assert told == [
        "6:10: [4].term: no reading and no card uses zebra; use it, name its `symbols` "
        "or `also`, or drop it"
    ]
