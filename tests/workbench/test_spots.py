"""Lint runs the code of `spot` cards and its repaired twin, in the sandbox."""

from pathlib import Path

import pytest

from drillbox.workbench.lint import examine

CARD = """\
- id: spot
  kind: spot
  prompt: p
  code: |
    def loss(m):
        inner = m * scale
        return F.logsigmoid(inner).mean()
  line: 3
  fix: return -F.logsigmoid(inner).mean()
  explain: e
  source: s
  run:
    setup: scale = 2.0
    inputs: {m: 'torch.tensor([0.5, -1.0])'}
    call: loss(m)
"""
BODY = """\
- id: body
  kind: spot
  prompt: p
  code: |
    total = sum(numbers)
    return {"mean": total, "text": "x"}
  line: 2
  fix: |
    mean = total / len(numbers)
    return {"mean": mean, "text": "x"}
  explain: e
  source: s
  run:
    inputs: {numbers: '[1, 2, 6]'}
"""


def told(tmp_path: Path, text: str, quick: bool = False) -> list[str]:
    path = tmp_path / "one.yaml"
    path.write_text(text, encoding="utf-8")
    found = examine(str(path), quick, print)
    return [str(one).removeprefix(f"{path}:") for one in found.problems]


def test_code_that_differs_from_its_twin_is_silent(tmp_path: Path) -> None:
    raising = CARD.replace("id: spot", "id: raising").replace("setup", "raises")
    raising = raising.replace("scale = 2.0", "NameError").replace("* scale", "* scal")
    twin = "repaired: 'loss = lambda m: m'\n    call"
    assert told(tmp_path, CARD + BODY + raising.replace("call", twin)) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "[0.5, -1.0]",
            "[]",
            "13:5: card spot: run: gives nan as it stands and repaired",
        ),
        (
            "scale = 2.0",
            "pass",
            "card spot: run: the repaired code does not run: line 10",
        ),
        (
            "call:",
            "raises: KeyError\n    call:",
            "should raise KeyError and raises nothing",
        ),
        (
            "return F.log",
            "return F.lg",
            "the code does not run as it stands: line 11: Attr",
        ),
        ("scale = 2.0", "scale = sum(iter(int, 1))", "stopped after 0.5 s"),
        ("inner = m", "open('/etc/hosts'); inner = m", "code does not run: line 10"),
        (
            "inputs: {m: 'torch.tensor([0.5, -1.0])'}",
            "inputs: {}",
            "run.inputs: has no",
        ),
    ],
)
def test_code_that_proves_nothing_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, old: str, new: str, said: str
) -> None:
    monkeypatch.setattr("drillbox.grader.snippet.SECONDS", 0.5)
    assert old in CARD
    (one,) = told(tmp_path, CARD.replace(old, new, 1))
    assert said in one


def test_nothing_is_run_quickly(tmp_path: Path) -> None:
    assert told(tmp_path, CARD.replace("return F.log", "return F.lg"), True) == []


def test_a_spot_without_a_run_is_a_warning(tmp_path: Path) -> None:
    path = tmp_path / "one.yaml"
    path.write_text(BODY.split("  run:")[0], encoding="utf-8")
    (warning,) = examine(str(path), True, print).warnings
    assert str(warning).startswith(f"{path}:1:3: card body: its code is not run; write")
