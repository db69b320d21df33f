"""What lint, preview, explain and stats say of choices and directions that draw."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from drillbox.domain.course import Item
from drillbox.domain.variant import draw
from drillbox.library.load import load_course
from drillbox.plain import say
from drillbox.screen.answers import Directions, OneOf
from drillbox.screen.box import box, how
from drillbox.workbench import cardfile
from drillbox.workbench.counts import counts
from drillbox.workbench.explain import explained
from drillbox.workbench.lint import Linted, examine
from drillbox.workbench.new import course as new_course

VALUED = """\
id: one
kind: choice
prompt: 'The margin is {{m}}.'
explain: 'It is {{loss:.3f}}.'
source: s
vars: {m: [-2, -1, 1, 2]}
let: {loss: -logsigmoid(m), weight: sigmoid(-m)}
answer: loss
check: dpo_loss(m, 0, 0, 0, 1)
options:
  - {text: '{{loss:.3f}}', value: loss}
  - {text: '{{weight:.3f}}', value: weight, why: 'The weight at {{m}}.'}
"""
COMPARED = """\
id: one
kind: choice
prompt: 'Margins {{a}} and {{b}}.'
explain: e
source: s
vars: {a: [1, 2, 3], b: [1, 2, 3]}
options:
  - {text: the first, when: a < b, why: w}
  - {text: the second, when: b < a, why: w}
  - {text: both, when: a == b, why: w}
"""
MOVED = """\
id: one
kind: direction
prompt: 'Of {{w}} and {{c}}?'
explain: e
source: s
vars: {w: [1, 2], c: [-1, 3, 4]}
quantities:
  - {text: chosen, change: (w - c) / 2, why: 'w − c = {{w}} − ({{c}})'}
"""


def linted(tmp_path: Path, text: str, quick: bool = True) -> Linted:
    path = tmp_path / "one.yaml"
    path.write_text(text, encoding="utf-8")
    return examine(str(path), quick, print)


@pytest.mark.parametrize("text", [VALUED, COMPARED, MOVED])
def test_a_sound_card_is_silent(tmp_path: Path, text: str) -> None:
    result = linted(tmp_path, text)
    assert result.problems == [] and result.warnings == []


@pytest.mark.parametrize(
    ("text", "old", "new", "said"),
    [
        (VALUED, "answer: loss", "answer: los", "8:9: answer: there is no `los`"),
        (VALUED, "answer: loss\ncheck: dpo_loss(m, 0, 0, 0, 1)\n", "", "has no `when`"),
        (VALUED, "value: loss}", "right: true}", "options[1]: has no `value`"),
        (VALUED, "value: loss}", "value: loss, when: m > 0}", "with `vars` and an"),
        (VALUED, "{{weight:.3f}}", "{{weigt}}", "{{weigt}}: there is no `weigt` here"),
        (VALUED, "{{m}}.'}", "{{n}}.'}", "options[2].why: {{n}}: there is no `n`"),
        (VALUED, ", why: 'The weight at {{m}}.'", "", "a wrong option has no `why`"),
        (VALUED, "vars: {m: [-2, -1, 1, 2]}\n", "", "let: is of no use in a card"),
        (VALUED, "value: weight", "value: loss", "options[2].value: is "),
        (VALUED, "{{weight:.3f}}", "{{loss:.3f}}", "as option 1 does, for m = "),
        (COMPARED, "a == b", "a > b", "options are right for a = "),
        (COMPARED, "when: a < b", "when: a", "options[1].when: `a`: column 1: there "),
        (COMPARED, "source: s", "source: s\ncheck: f(a)", "has no number to check"),
        (MOVED, "change: (w", "answer: up, change: (w", "answer: stands beside"),
        (MOVED, "change: (w - c) / 2", "answer: up", "none has a `change` that"),
        (MOVED, "(w - c) / 2", "(w - d) / 2", "change: there is no `d` here"),
        (MOVED, "(w - c) / 2", "log(c)", "change: `log(c)` is nan for "),
        (MOVED, "why: '", "check: dpo_weight(w), why: 'x{{q}}", "there is no `q` here"),
        (MOVED, "vars: {w: [1, 2], c: [-1, 3, 4]}\n", "", "change: is of no use in"),
    ],
)
def test_what_makes_it_unusable_is_an_error(
    tmp_path: Path, text: str, old: str, new: str, said: str
) -> None:
    assert old in text
    problems = linted(tmp_path, text.replace(old, new, 1)).problems
    assert any(said in str(one) for one in problems), list(map(str, problems))


@pytest.mark.parametrize(
    ("text", "old", "new", "said"),
    [
        (COMPARED, "b: [1, 2, 3]", "b: [4, 5]", "options: the right one reads `the "),
        (VALUED, "loss: -logsigmoid(m)", "loss: m", "answer: is 1 in "),
        (MOVED, "c: [-1, 3, 4]", "c: [-1, 0]", "change: is `up` in every variant"),
        (MOVED, "c: [-1, 3, 4]", "c: [1, 3]", "quantities: all stay the same in "),
    ],
)
def test_what_is_doubtful_is_a_warning(
    tmp_path: Path, text: str, old: str, new: str, said: str
) -> None:
    assert old in text
    result = linted(tmp_path, text.replace(old, new, 1))
    assert result.problems == []
    assert any(said in str(one) for one in result.warnings), result.warnings


@pytest.mark.parametrize(
    ("text", "old", "new", "said"),
    [
        (VALUED, "loss: -log", "loss: 2 - log", "9:8: card one: check: dpo_loss("),
        (
            MOVED,
            "why: '",
            "check: 'first_order_chosen(w, c, 9, 1, 2, 0)', why: '",
            "quantities[1].check: first_order_chosen(",
        ),
    ],
)
def test_a_witness_holds_what_is_right(
    tmp_path: Path, text: str, old: str, new: str, said: str
) -> None:
    assert old in text
    problems = linted(tmp_path, text.replace(old, new, 1), quick=False).problems
    assert any(said in str(one) for one in problems), list(map(str, problems))


def item(tmp_path: Path, text: str) -> Item:
    linted(tmp_path, text)
    items, problems = cardfile.cards(cardfile.read(str(tmp_path / "one.yaml")))
    assert problems == []
    return items[0]


def test_screen_and_plain_show_the_numbers_of_the_variant(tmp_path: Path) -> None:
    chosen = draw(item(tmp_path, VALUED), 5)
    widget = box(chosen)
    assert isinstance(widget, OneOf) and how(chosen) == "one is right"
    lines = "\n".join(say.given(chosen))
    assert f"{chosen.values['loss']:.3f}" in lines and "{{" not in lines
    assert [str(text) for text in widget.texts] == [
        line.split(". ", 1)[1] for line in lines.splitlines()
    ]
    moved = draw(item(tmp_path, MOVED.replace("text: chosen", "text: 'c {{c}}'")), 5)
    widget = box(moved, sure=True)
    assert isinstance(widget, Directions) and "{{" not in str(widget.texts[0])


def test_explain_and_stats_know_what_draws(tmp_path: Path) -> None:
    directory = tmp_path / "made"
    new_course("made", str(tmp_path))
    (drop,) = (directory / "drops").iterdir()
    before = load_course(str(directory)).sound
    text = drop.read_text(encoding="utf-8").rstrip() + "\n"
    for name, card in (("a", VALUED), ("b", COMPARED), ("c", MOVED)):
        first, *rest = card.replace("id: one", f"id: drawn-{name}").splitlines()
        text += f"  - {first}\n" + "".join(f"    {line}\n" for line in rest)
    drop.write_text(text, encoding="utf-8")
    course = load_course(str(directory)).course
    assert course is not None
    assert parametric(counts(course)) == parametric(counts(before)) + 3
    said = "\n".join(explained(course, "drawn-a"))
    assert "expression loss = -logsigmoid(m)" in said and "wrong      0." in said
    assert "source     s" in said and "variant    0: m = " in said
    assert "check      dpo_loss(m, 0, 0, 0, 1)" in said and "; the answer is " in said
    said = "\n".join(explained(course, "drawn-b"))
    assert "option 3: a == b" in said and "check      none is given" in said
    said = "\n".join(explained(course, "drawn-c"))
    assert "expression (w - c) / 2 = " in said and "goes " in said + "stays"


def parametric(lines: Iterable[str]) -> int:
    (row,) = [line for line in lines if line.startswith("parametric")]
    return int(row.split()[1])
