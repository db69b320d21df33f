"""Lint holds the values of a derivation equal, at drawn points."""

from pathlib import Path

import pytest

from drillbox.workbench.lint import examine

ORDER = """\
id: steps
kind: order
prompt: p
explain: e
source: s
ranges: {x: [0.1, 3], y: [-3, 3]}
let: {z: x + y}
steps:
  - {text: one, why: w, value: log(x * exp(y))}
  - {text: two, why: w}
  - {text: three, why: w, value: log(x) + y}
  - {text: four, why: w, value: log(x) + z - x}
  - {text: five, why: w, value: log(x), turn: true}
"""
CLOZE = """\
id: gaps
kind: cloze
prompt: 'log σ(m) is −log(1 + exp [[e]]), and [[word]].'
explain: e
source: s
ranges: {m: [-5, 5]}
equal: [logsigmoid(m), -log(1 + exp(e))]
blanks:
  e:
    answer: −m
    value: -m
    wrong: [{text: m, why: w, value: m}, {text: 2m, why: w}]
  word: {answer: so on}
"""


@pytest.mark.parametrize(
    ("card", "old", "new", "said"),
    [
        (
            ORDER,
            "log(x) + y",
            "log(x) - y",
            "11:34: card steps: steps[3].value: is not",
        ),
        (
            ORDER,
            ", turn: true",
            "",
            "steps[5].value: is not the value before it: for x = ",
        ),
        (
            ORDER,
            "log(x), turn",
            "log(x) + y, turn",
            "steps[5].value: is the value before",
        ),
        (ORDER, "log(x) + y", "log(x) + q", "steps[3].value: there is no `q` here"),
        (ORDER, "value: log(x * exp(y))", "turn: true", "steps[1].turn: has no value"),
        (ORDER, "x: [0.1, 3]", "x: [3, 1]", "ranges.x: 3.0 is above 1.0"),
        (ORDER, "log(x * exp(y))", "log(-x)", "are both finite at 0 of 64"),
        (ORDER, "let: {z: x + y}", "let: {z: x +}", "let.z: `x +`"),
        (
            CLOZE,
            "exp(e))]",
            "exp(2*e))]",
            "7:8: card gaps: equal: are not equal: for m = ",
        ),
        (CLOZE, "value: m}", "value: 0-m}", "blanks.e.wrong[1].value: `0-m` leaves"),
        (CLOZE, "exp(e))]", "exp(word))]", "equal[2]: there is no `word` here"),
        (CLOZE, ", -log(1 + exp(e))]", "]", "equal: has one expression"),
    ],
)
def test_values_that_do_not_hold_are_told(
    tmp_path: Path, card: str, old: str, new: str, said: str
) -> None:
    path = tmp_path / "one.yaml"
    assert old in card
    path.write_text(card.replace(old, new, 1), encoding="utf-8")
    found = [str(one) for one in examine(str(path), True, print).problems]
    assert any(said in one for one in found), found


@pytest.mark.parametrize("card", [ORDER, CLOZE])
def test_values_that_hold_are_silent(tmp_path: Path, card: str) -> None:
    path = tmp_path / "one.yaml"
    path.write_text(card, encoding="utf-8")
    found = examine(str(path), True, print)
    assert (found.problems, found.warnings) == ([], [])
