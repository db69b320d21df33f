"""What lint doubts about the 200 variants of a parametric card."""

from pathlib import Path

import pytest

from drillbox.workbench.lint import examine

CARD = """\
id: one
kind: numeric
prompt: 'What is {{a}} / {{b}}?'
explain: e
source: s
vars: {a: [3, 5, 7], b: [2, 4]}
answer: a / b
wrong:
  - {formula: b / a, why: w, misconception: upside-down}
  - {formula: a * b, why: w, misconception: product}
"""
FORMULA = """\
id: one
kind: formula
prompt: p
explain: e
source: s
names: {a: one, b: two}
answer: a - b
wrong: [{formula: b - a, why: w}, {formula: 0 - a + b, why: w}]
"""


def doubts(tmp_path: Path, text: str) -> list[str]:
    path = tmp_path / "one.yaml"
    path.write_text(text, encoding="utf-8")
    found = examine(str(path), True, print)
    assert found.problems == []
    return [str(one).removeprefix(f"{path}:") for one in found.warnings]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("[3, 5, 7], b", "[0, 5, 7], b", "7:9: card one: answer: is 0 in "),
        ("b: [2, 4]", "b: [3, 4]", "7:9: card one: answer: is 1 in "),
        ("[3, 5, 7]", "[30125, 5, 7]", "answer: takes more than 4 digits in "),
        (
            "answer: a",
            "tolerance: {relative: 1e-6}\nanswer: sqrt(a)",
            "more than 4 digit",
        ),
        ("b / a", "a / (2*b - 2)", "wrong[1].formula: gives the right answer in "),
        ("a * b", "b**2 / (4*a)", "wrong[2].formula: gives the number of `b / a` in "),
    ],
)
def test_a_doubtful_variant_is_a_warning_with_its_numbers(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    assert old in CARD
    found = doubts(tmp_path, CARD.replace(old, new, 1))
    assert any(said in one and " variants, as for a = " in one for one in found), found


@pytest.mark.parametrize(
    "text",
    [
        CARD,
        CARD.replace("[3, 5, 7]", "[30125, 5, 7]") + "calculator: true\n",
        CARD.replace("[3, 5, 7]", "[7e9, 5e-7]"),
        CARD.replace("[2, 4]", "[2, 3, 4]") + "where: [a != b]\n",
        CARD.replace("a * b", "1 * b / a").replace("product", "upside-down"),
    ],
)
def test_what_is_sound_or_said_to_be_is_silent(tmp_path: Path, text: str) -> None:
    assert doubts(tmp_path, text) == []


def test_two_wrong_formulas_that_are_one_are_told(tmp_path: Path) -> None:
    assert doubts(tmp_path, FORMULA) == [
        "8:45: card one: wrong[2].formula: is the same as `b - a`; drop one"
    ]
