"""The run leash: the start of its shipped record again, and a training that breaks."""

from itertools import islice
from typing import Any

import pytest
import torch

from drillbox.lab import setting
from drillbox.lab.document import shipped
from drillbox.lab.general import of_type
from drillbox.lab.leash import LEASH
from drillbox.lab.run import CHECKPOINT, SHA256
from drillbox.reference.worlds import WorldError
from drillbox.reference.worlds_leash import records

Records = list[dict[str, Any]]
SHORT = {"seeds": 1, "iterations": 2, "rm_steps": 8}


def request(device: str = "cpu", **settings: Any) -> dict[str, Any]:
    place = {"checkpoint": CHECKPOINT, "sha256": SHA256, "device": device}
    chosen = {**setting.chosen(LEASH, ()), **settings}
    return {"run": "leash", "seed": 0, "settings": chosen, **place}


@pytest.fixture(scope="module", autouse=True)
def one_thread() -> None:
    torch.set_num_threads(1)


def test_the_shipped_record_begins_as_the_run_does() -> None:
    """The rest hangs on the rounding of every step, and takes a minute."""
    header, labels, model, first, second = islice(records(request(seeds=5)), 5)
    kept = shipped("leash")
    assert header["settings"] == kept[0]["settings"]
    assert labels == kept[1]
    assert model["loss"] == pytest.approx(kept[2]["loss"], rel=0.1)
    assert model["accuracy"] == pytest.approx(kept[2]["accuracy"], abs=0.05)
    assert first == pytest.approx(kept[3], abs=0.1)
    assert second == pytest.approx(kept[4], abs=0.4)


def test_over_five_seeds_the_leash_makes_kl_and_true_reward_reliable() -> None:
    kept = of_type(shipped("leash"), "summary")
    free, held = sorted(kept, key=lambda one: str(one["leash"]), reverse=True)
    assert (free["leash"], held["leash"], free["seeds"]) == ("without", "with", 5)
    for name in ("kl", "reward", "grammatical"):
        wide, narrow = (one[name]["most"] - one[name]["least"] for one in (free, held))
        assert wide > 1.5 * narrow
    assert free["kl"]["least"] > held["kl"]["most"]
    assert free["score"]["mean"] > held["score"]["mean"]


def test_a_penalty_of_0_is_no_leash() -> None:
    found = list(records(request(**SHORT, kl_coef=0.0)))
    steps = of_type(found, "iteration") + of_type(found, "ended")
    without, held = (
        [{**one, "leash": ""} for one in steps if one["leash"] == leash]
        for leash in ("without", "with")
    )
    assert without == held and len(held) == 3


def test_a_summary_has_mean_and_range_of_what_the_seeds_ended_with() -> None:
    found = list(records(request(**{**SHORT, "seeds": 2, "iterations": 1})))
    ends = [one["kl"] for one in of_type(found, "ended") if one["leash"] == "with"]
    assert len(ends) == 2 and ends[0] != ends[1]
    told = of_type(found, "summary")[1]["kl"]
    assert (told["least"], told["most"]) == (min(ends), max(ends))
    assert told["mean"] == pytest.approx(sum(ends) / 2)


def test_a_training_that_breaks_names_step_and_quantity() -> None:
    with pytest.raises(
        WorldError,
        match=r"PPO without KL, seed 0, step \d: the [\w']+( logit)? is no number; "
        "set a smaller step size",
    ):
        list(records(request(**SHORT, lr=1e30)))


@pytest.mark.skipif(not torch.cuda.is_available(), reason="needs a CUDA device")
def test_on_cuda_the_leash_holds_too() -> None:
    found = list(records(request("cuda", seeds=2)))
    answers = {name: one.answer for name, one in LEASH.happened(found).items()}
    assert answers["score"] == "up" and answers["kl"] != "less than twice as large"
