"""`drillbox explain`: every number of a card, traced."""

import json
import shutil
from pathlib import Path

import pytest

from drillbox.cli.shell import run

SMALL = Path(__file__).parents[1] / "courses" / "small"
CARDS = """\
  - id: weight
    kind: numeric
    prompt: The margin is {{m}}; in a run the KL was {{run:beta/adamw/kl:.1f}}.
    explain: e
    source: Rafailov et al. 2023, Eq. 7
    vars: {m: [0.5]}
    let: {s: -m}
    answer: sigmoid(s)
    wrong: [{formula: sigmoid(m), why: w, misconception: sign}]
    check: dpo_gradient_rejected(m, 0, 0, 0, 1)
    contrast: mean
  - id: mean
    kind: spot
    prompt: p
    code: "return error.sum()"
    line: 1
    fix: return error.mean()
    explain: e
    contrast: weight
    run: {inputs: {error: 'torch.tensor([1.0, 2.0])'}}
  - id: order
    kind: order
    prompt: p
    explain: e
    ranges: {x: [1, 2]}
    steps:
      - {text: a, why: w, value: x + x}
      - {text: b, why: w, value: 2*x}
      - {text: c, why: w}
"""


@pytest.fixture
def course(tmp_path: Path, home: Path) -> str:
    """The small course with three cards more, a record and a misconception."""
    path = Path(shutil.copytree(SMALL, tmp_path / "course"))
    drop = path / "drops" / "01-first.yaml"
    drop.write_text(drop.read_text(encoding="utf-8") + CARDS, encoding="utf-8")
    (path / "records").mkdir()
    record = {
        "header": {"run": "beta"},
        "records": [{"type": "adamw", "kl": 20.5535}],
    }
    (path / "records" / "beta.json").write_text(json.dumps(record))
    belief = "- {id: sign, sentence: It falls., truth: It rises., cards: [weight]}\n"
    (path / "misconceptions.yaml").write_text(belief)
    return str(path)


def explained(course: str, *words: str, capsys: pytest.CaptureFixture[str]) -> str:
    assert run(["explain", *words, "--course", course]) == 0
    return capsys.readouterr().out


def test_a_number_is_worked_out_again_and_its_witness_asked(
    course: str, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = explained(course, "weight", capsys=capsys).splitlines()
    assert lines[0] == "weight, numeric, drop 1"
    assert lines[1].endswith("01-first.yaml:36")
    assert lines[2:] == [
        "source     Rafailov et al. 2023, Eq. 7",
        "question   The margin is 0.5; in a run the KL was 20.6.",
        "variant    0: m = 0.5, s = -0.5",
        "answer     0.3775",
        "expression s = -m",
        "           sigmoid(s)",
        "wrong      sigmoid(m) = 0.622459, sign",
        "check      dpo_gradient_rejected(m, 0, 0, 0, 1)",
        "           dpo_gradient_rejected(0.5, 0, 0, 0, 1) = 0.377541; the answer is "
        "0.377541",
        "run        beta/adamw/kl:.1f = 20.6",
        "belief     sign: It falls.",
        "twin       mean",
    ]


def test_code_is_run_as_shown_and_repaired(
    course: str, capsys: pytest.CaptureFixture[str]
) -> None:
    out = explained(course, "mean", capsys=capsys)
    assert "inputs     error = torch.tensor([1.0, 2.0])\n" in out
    assert "as shown   3\nrepaired   1.5\n" in out
    assert "source     none is given" in out


@pytest.mark.parametrize(
    ("card", "said"),
    [
        ("order", "steps      x + x\n           = 2*x\n"),
        ("gap", "word       sigmoid\n"),
        ("gap/word", "word       sigmoid\n"),
        ("sum", "check      none is given\n"),
    ],
)
def test_each_kind_says_what_it_rests_on(
    course: str, card: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert said in explained(course, card, capsys=capsys)


def test_another_variant_has_other_numbers(
    course: str, capsys: pytest.CaptureFixture[str]
) -> None:
    shown = {explained(course, "sum", "--variant", n, capsys=capsys) for n in "0123"}
    assert len(shown) > 1


def test_a_card_that_is_not_there_names_the_nearest(
    course: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["explain", "weigt", "--course", course]) == 2
    assert "no card 'weigt'; did you mean weight?" in capsys.readouterr().err
