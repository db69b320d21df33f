"""The run gram: any pair of words the model knows, and a sentence for any other."""

from typing import Any

import pytest
import torch

from drillbox.lab import keep, setting
from drillbox.lab.begin import begin
from drillbox.lab.general import of_type
from drillbox.lab.gram import GRAM
from drillbox.lab.run import CHECKPOINT, SHA256, LabError
from drillbox.reference.worlds import WorldError
from drillbox.reference.worlds_gram import records

Records = list[dict[str, Any]]


def run(device: str = "cpu", sha256: str = SHA256, **settings: Any) -> Records:
    values = setting.chosen(GRAM, ())
    request = {
        "run": "gram",
        "seed": 0,
        "device": device,
        "checkpoint": CHECKPOINT,
        "sha256": sha256,
        "settings": {**values, **settings},
    }
    return list(records(request))


@pytest.mark.parametrize("letter", ["A", "B", "D"])
def test_it_says_of_the_three_pairs_what_their_own_run_says(letter: str) -> None:
    kept = keep.before("three-pairs")[letter]
    texts = {name: kept[name] for name in ("prompt", "chosen", "rejected")}
    found = run(**texts, beta=0.5, lr=1e-4)
    (pair,) = of_type(found, "pair")
    for row, expected in zip(pair["gram"], kept["gram"], strict=True):
        assert row == pytest.approx(expected, rel=1e-3)
    step = of_type(found, "step")[1]
    assert step["predicted"] == pytest.approx(kept["first_order"], rel=1e-3)
    assert step["measured"] == pytest.approx(step["predicted"], rel=0.1)


def test_swapping_the_answers_turns_both_down_into_both_up() -> None:
    default = setting.chosen(GRAM, ())
    swapped = {"chosen": default["rejected"], "rejected": default["chosen"]}
    happened = GRAM.happened(run(**swapped))
    assert (happened["chosen"].answer, happened["rejected"].answer) == ("up", "up")


def test_a_large_step_is_not_explained_by_first_order() -> None:
    steps = of_type(run(lr=0.01), "step")
    assert [step["lr"] for step in steps] == pytest.approx([1e-3, 1e-2, 0.1, 1.0])
    assert steps[1]["error"] > 0.1


@pytest.mark.parametrize(
    ("wish", "sentence"),
    [
        ({"prompt": " "}, "the prompt is empty; give it at least one word"),
        ({"chosen": ""}, "the chosen is empty"),
        (
            {"rejected": "one plus three is fiv ."},
            "rejected: the model does not know the word 'fiv'; near it are five",
        ),
        ({"prompt": "<pad>"}, "prompt: the model does not know the word '<pad>'"),
        ({"rejected": "one plus three is four ."}, "are the same text; change one"),
        ({"chosen": "one " * 60}, "have 68 tokens; the model reads 48 at most"),
        ({"sha256": "0" * 64}, "is not the model this run was made for"),
    ],
)
def test_a_pair_that_the_model_cannot_take_is_said(
    wish: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(WorldError, match=sentence):
        run(**wish)


@pytest.mark.skipif(torch.cuda.is_available(), reason="there is a CUDA device")
def test_without_cuda_it_says_so() -> None:
    with pytest.raises(LabError, match="torch finds no CUDA device here"):
        list(begin(GRAM, setting.chosen(GRAM, ()), device="cuda"))


@pytest.mark.skipif(not torch.cuda.is_available(), reason="needs a CUDA device")
def test_on_cuda_the_numbers_are_the_same() -> None:
    for cpu, cuda in zip(run()[2:], run(device="cuda")[2:], strict=True):
        assert cuda["measured"] == pytest.approx(cpu["measured"], rel=1e-4)
