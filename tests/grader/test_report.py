"""A report as text, as a table and as HTML: the same words, and nothing but words."""

import io
import re

import pytest
from rich.console import Console

from drillbox.grader.exercise import find
from drillbox.grader.report import NOT_RUN, Case, Diagnosis, Report
from drillbox.grader.supervisor import Grader

RIGHT, ALSO = Case("1 pair", True), Case("3 pairs", True)
WRONG = Case("2 pairs", False, "loss: 1, expected 2")
INF = Case("margins", False, "loss: inf, expected 0.5")
REST = Case("the rest", False, NOT_RUN)
MEANT = Diagnosis("flip", "the sign.", ("id-of-card",), "An idea.", "m", "A witness.")
EVIL = "<script>[red]\x41</script> & [/red]"


def report(*cases: Case, passed: bool = False, **more: object) -> Report:
    return Report("dpo-loss", "a.py", passed, "cpu", None, 0.1, cases, **more)  # type: ignore[arg-type]


def test_the_failing_ones_stand_above_the_passed_ones() -> None:
    text = report(RIGHT, WRONG, ALSO, INF).text()
    assert text == [
        "dpo-loss: not yet, 2 of 4 cases right",
        "  ✗ wrong  2 pairs  loss: 1, expected 2",
        "  ✗ wrong  margins  loss: inf, expected 0.5",
        "  ✓ right  1 pair",
        "  ✓ right  3 pairs",
    ]


def test_what_ends_everything_is_one_line() -> None:
    stop = Case("1 pair", False, "line 1: this does not parse: invalid syntax")
    said = "not yet: line 1: this does not parse: invalid syntax"
    found = report(stop, REST, REST)
    assert str(found) == f"dpo-loss: {said}"
    assert "<td" not in found._repr_html_() and said in found._repr_html_()
    later = report(RIGHT, WRONG, REST, REST)
    assert later.text()[-1] == "  · 2 more cases were not run"
    assert "the rest" not in str(later) + later._repr_html_()


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("def dpo_loss(:\n", "not yet: line 1: this does not parse"),
        ("x = 1\n", "not yet: the file defines no function dpo_loss("),
    ],
)
def test_a_file_without_the_function_is_one_line(
    grader: Grader, source: str, said: str
) -> None:
    text = grader.grade(find("dpo-loss"), source).text()
    assert len(text) == 1 and said in text[0]


def test_the_mistake_comes_with_its_witness_and_its_idea_but_no_ids() -> None:
    found = report(WRONG, diagnosis=MEANT)
    for shown in (str(found), found._repr_html_()):
        assert "the sign." in shown and "A witness." in shown and "An idea." in shown
        assert "id-of-card" not in shown
    assert found.json()["diagnosis"]["cards"] == ("id-of-card",)
    assert "A fact." in str(report(WRONG, facts=("A fact.",)))


def test_html_is_text_and_no_markup_of_a_submission() -> None:
    found = report(Case(EVIL, False, EVIL), facts=(EVIL,), printed=(EVIL,))
    page = found._repr_html_()
    tags = set(re.findall(r"</?(\w+)", page))
    assert tags <= {"div", "p", "b", "br", "table", "thead", "tbody", "tr", "th", "td"}
    assert "&lt;script&gt;[red]A" in page


def test_rich_shows_a_table_and_obeys_nothing_in_it() -> None:
    console = Console(file=io.StringIO(), width=100)
    with console.capture() as shown:
        console.print(report(RIGHT, Case(EVIL, False, EVIL), printed=(EVIL,)))
    text = shown.get()
    assert text.count("[red]A</script> & [/red]") == 3
    assert text.index("✗ wrong") < text.index("✓ right")


class Terminal(io.StringIO):
    """A standard output that is a terminal."""

    def isatty(self) -> bool:
        return True


def test_at_a_prompt_a_report_is_a_table_and_str_stays_plain(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found = report(RIGHT, WRONG)
    assert repr(found) == str(found)
    monkeypatch.setattr("sys.stdout", Terminal())
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "80")
    assert "what was wrong" in repr(found) and "\x1b[" in repr(found)
    assert "\x1b" not in str(found)
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[3" not in repr(found)
    monkeypatch.setenv("TERM", "dumb")
    assert repr(found) == str(found)
