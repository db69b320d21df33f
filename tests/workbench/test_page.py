"""Lint holds the lines of a blank page equal, where they do not turn."""

from pathlib import Path

import pytest

from drillbox.workbench.lint import examine

CARD = """\
id: page
kind: formula
prompt: p
explain: e
source: s
names: {a: one, b: two}
lines:
  - {text: first, answer: (a + b)*(a - b), why: w}
  - {text: second, answer: a*a - b*b, why: w}
  - {text: third, answer: a*a, turn: true, why: w, wrong: [{formula: a*b, why: w}]}
  - {text: fourth, answer: a**2, why: w}
"""


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "a*a - b*b",
            "a*a + b*b",
            "9:28: card page: lines[2].answer: line 2 is not equal",
        ),
        (
            "a**2, why",
            "a**2, turn: true, why",
            "11:28: card page: lines[4].answer: line 4 is equal",
        ),
        (
            "a*a, turn: true",
            "a*a",
            "10:27: card page: lines[3].answer: line 3 is not equal",
        ),
        ("formula: a*b", "formula: a*a", "`a*a` is not marked wrong"),
        (
            "a*a - b*b, why",
            "a*a - b*b, without: [b], why",
            "its own lines are not marked",
        ),
        (
            "a*a - b*b, why",
            "a*a - b*b, uses: [c], why",
            "lines[2].uses[1]: there is no `c`",
        ),
        ("names:", "answer: a\nnames:", "answer: stands beside `lines`"),
        (
            "answer: (a + b)*(a - b), why",
            "answer: a*a - b*b, turn: true, why",
            "no line before",
        ),
        (
            "names: {a: one, b: two}",
            "names: {a: one, b: two}\nlet: {c: a}",
            "there is no `c`",
        ),
        ("third, answer: a*a", "third, answer: a*", "nothing stands after `*`"),
    ],
)
def test_a_page_that_does_not_hold_is_told(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    path = tmp_path / "page.yaml"
    assert old in CARD
    path.write_text(CARD.replace(old, new, 1), encoding="utf-8")
    found = [str(one) for one in examine(str(path), True, print).problems]
    assert [said in one for one in found[:1]] == [True], found


def test_a_sound_page_has_no_problem(tmp_path: Path) -> None:
    path = tmp_path / "page.yaml"
    path.write_text(CARD, encoding="utf-8")
    found = examine(str(path), True, print)
    assert (found.problems, found.warnings) == ([], [])
