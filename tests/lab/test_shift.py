"""The run shift: the start of its shipped record again, its claims, a broken step."""

import json
from typing import Any

import pytest

from drillbox.lab.document import shipped
from drillbox.lab.general import of_type
from drillbox.lab.run import CHECKPOINT, SHA256
from drillbox.lab.setting import chosen
from drillbox.lab.shift import ORDER, OWN, SHIFT, STYLE
from drillbox.reference.worlds import WorldError
from drillbox.reference.worlds_shift import records


def request(*wishes: str) -> dict[str, Any]:
    place = {"checkpoint": CHECKPOINT, "sha256": SHA256, "device": "cpu"}
    return {"run": "shift", "seed": 0, "settings": chosen(SHIFT, wishes), **place}


def ends() -> dict[str, dict[str, Any]]:
    return {one["name"]: one for one in of_type(shipped("shift"), "standing")}


def test_the_first_losses_are_those_of_the_shipped_record() -> None:
    found = list(records(request("steps=3", "online_steps=1", "sft_steps=1")))
    for name in (OWN, STYLE, ORDER):
        first, kept = (
            [one["loss"] for one in of_type(whole, "loss") if one["name"] == name][:3]
            for whole in (found, shipped("shift"))
        )
        assert first == pytest.approx(kept, rel=0.02)


def test_every_pair_is_right_whatever_the_policy_says() -> None:
    found = ends()
    for name in (OWN, STYLE, ORDER):
        assert found[name]["accuracy"] > 0.95
    gains = [found[one]["reward"] - found["reference"]["reward"] for one in found]
    assert max(gains) > 1 > 0.1 > gains[list(found).index(ORDER)]


def test_the_policy_never_speaks_the_foreign_pairs() -> None:
    pairs = {one["name"]: one for one in of_type(shipped("shift"), "pairs")}
    assert pairs[OWN]["ref_chosen"] > -10
    assert max(pairs[name]["ref_chosen"] for name in (STYLE, ORDER)) < -50
    assert ends()[ORDER]["kl"] < 0.1


def test_a_reward_that_rises_for_foreign_pairs_too_is_said() -> None:
    made = json.loads(json.dumps(shipped("shift")))
    for one in of_type(made, "standing"):
        one["reward"] = 0.0 if one["name"] == "reference" else 1.0
    assert SHIFT.happened(made)["reward"].answer == "all three"


def test_a_training_that_breaks_names_step_and_quantity() -> None:
    asked = request("steps=4")
    with pytest.raises(WorldError, match=r"own answers, step \d: the .* is no number"):
        list(records(asked | {"settings": asked["settings"] | {"lr": 1e30}}))
