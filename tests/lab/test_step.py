"""The run step: what its records say, of steps that agree and of steps that part."""

import json
import math
from typing import Any

import pytest

from drillbox.lab.document import shipped
from drillbox.lab.general import of_type
from drillbox.lab.step import STEP

PARTED = {"type": "parted", "step": 1, "what": "loss of step 1: 5.5", "known": "A sum."}


def made(**change: Any) -> list[dict[str, Any]]:
    """The shipped record; of its last step something is another."""
    records = [dict(one) for one in shipped("step")]
    of_type(records, "step")[-1].update(change)
    return records


def test_the_first_loss_is_log_two_and_falls() -> None:
    losses = [one["loss"] for one in of_type(shipped("step"), "step")]
    assert losses[0] == pytest.approx(math.log(2), abs=1e-15)
    assert losses == sorted(losses, reverse=True) and len(losses) == 20


@pytest.mark.parametrize(
    ("apart", "answer"),
    [
        (2e-16, "above 0, below 1e-12"),
        (1e-12, "1e-12 or more"),
        (0.5, "1e-12 or more"),
    ],
)
def test_how_far_they_are_apart(apart: float, answer: str) -> None:
    found = STEP.happened(made(apart=apart))["agree"]
    assert (found.answer, found.value[:7]) == (answer, "at most")
    assert "rounded another way" in found.why


def test_equal_bits_are_called_equal() -> None:
    records = made()
    for one in of_type(records, "step"):
        one |= {"apart": 0.0, "loss_yours": one["loss"]}
    found = STEP.happened(records)["agree"]
    assert found.answer == "0: every bit is equal" and "the same order" in found.why


def test_steps_that_part_name_step_quantity_and_mistake() -> None:
    records = [*made(apart=0.1), PARTED]
    found = STEP.happened(records)["agree"]
    named = "step 1, loss of step 1: 5.5; it looks like a known mistake: A sum"
    assert found.why == f"they part at {named}"
    assert STEP.line(PARTED) == f"they part at {named}"
    assert STEP.line(PARTED | {"known": ""}).endswith("loss of step 1: 5.5")


@pytest.mark.parametrize(
    ("where", "answer"),
    [
        (["first step"] * 3, "none"),
        (["first loss", "first step", "later"], "fewer than half"),
        (["first loss", "first loss", ""], "most, but not all"),
        (["first loss"] * 3, "all"),
    ],
)
def test_how_many_bugs_the_first_loss_shows(where: list[str], answer: str) -> None:
    names = ("sum-for-mean", "b", "c")
    bugs = [
        {"type": "bug", "bug": name, "where": one or "later", "what": ""}
        for name, one in zip(names, where, strict=True)
    ]
    records = [*(one for one in made() if one["type"] != "bug"), *bugs]
    assert STEP.happened(json.loads(json.dumps(records)))["seen"].answer == answer
