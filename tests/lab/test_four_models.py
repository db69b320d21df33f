"""The run four-models: its shipped record, the bill, a run of one's own, no memory."""

from itertools import takewhile
from typing import Any

import pytest
import torch

from drillbox.lab import setting
from drillbox.lab.document import shipped
from drillbox.lab.four_models import FOUR_MODELS
from drillbox.lab.general import of_type
from drillbox.lab.run import CHECKPOINT, SHA256
from drillbox.reference import worlds_bill
from drillbox.reference.worlds import WorldError
from drillbox.reference.worlds_four_models import records
from drillbox.reference.worlds_reviews import opened

Records = list[dict[str, Any]]


def request(device: str = "cpu", **settings: Any) -> dict[str, Any]:
    place = {"checkpoint": CHECKPOINT, "sha256": SHA256, "device": device}
    chosen = {**setting.chosen(FOUR_MODELS, ()), **settings}
    return {"run": "four-models", "seed": 0, "settings": chosen, **place}


@pytest.fixture(scope="module", autouse=True)
def one_thread() -> None:
    torch.set_num_threads(1)


@pytest.fixture(scope="module")
def own() -> Records:
    return list(records(request(length=0.02, beta=0.1, steps=2)))


def timeless(every: Any) -> Records:
    return [one for one in every if one["type"] != "time"]


def test_the_shipped_record_begins_as_the_run_does() -> None:
    """The rest hangs on the rounding of every step, and takes a minute."""
    until = takewhile(lambda one: one["type"] != "standing", records(request(seeds=5)))
    *others, model = timeless(until)
    *kept, kept_model = timeless(
        takewhile(lambda one: one["type"] != "standing", shipped("four-models"))
    )
    for header in (others[0], kept[0]):
        header.pop("torch")
    assert others == kept
    assert model["loss"] == pytest.approx(kept_model["loss"], rel=0.1)
    assert model["accuracy"] == pytest.approx(kept_model["accuracy"], abs=0.05)


def test_over_five_seeds_the_scoreboard_is_what_the_run_says_it_shows() -> None:
    found = {one["method"]: one for one in of_type(shipped("four-models"), "summary")}
    ppo, dpo = found["PPO"], found["DPO"]
    online, scored = found["online DPO"], found["online DPO by score"]
    assert {one["seeds"] for one in found.values()} == {5}
    assert ppo["reward"]["least"] > dpo["reward"]["most"]
    assert ppo["grammatical"]["mean"] > dpo["grammatical"]["mean"]
    assert online["reward"]["mean"] > ppo["reward"]["mean"]
    assert scored["reward"]["mean"] > dpo["reward"]["mean"]


def test_a_learners_own_dpo_comes_last_and_changes_nothing_else(own: Records) -> None:
    plain = timeless(records(request(length=0.02)))
    others = [one for one in timeless(own) if one.get("method") != "yours"]
    assert plain[1:] == others[1:]
    assert len(of_type(own, "standing")) == len(of_type(plain, "standing")) + 2
    drawn = [one.name for one in FOUR_MODELS.chart(own).series]
    assert drawn == ["PPO", "DPO", "DPO β 0.3", "online DPO", "… by score", "yours"]


def test_every_way_in_the_chart_starts_at_the_reference(own: Records) -> None:
    (reference,) = (
        one for one in of_type(own, "standing") if one["method"] == "reference"
    )
    for series in FOUR_MODELS.chart(own).series:
        assert series.points[0] == (0, reference["reward"])
        assert len(series.points) in (2, 3)


def test_only_online_dpo_asks_for_labels_beyond_the_first(own: Records) -> None:
    asked = {one["method"]: one["labels"] for one in of_type(own, "standing")[1:]}
    assert asked.pop("online DPO") == 32
    assert set(asked.values()) == {256}


def test_what_is_there_is_what_the_formula_says_at_another_width() -> None:
    _, world = opened(request())
    found = list(worlds_bill.bills(world, world.labelled(0), 32, 0))
    bills = of_type(found, "bill")
    assert [one["method"] for one in bills] == list(worlds_bill.METHODS)
    for one in bills:
        assert abs(one["off"]) < 0.1 and one["width"] == 32
    memory = of_type(found, "memory")
    assert sum(one["parameters"] * (16 if one["trained"] else 4) for one in memory) == (
        pytest.approx(sum(one["bytes"] for one in bills), rel=1e-3)
    )


@pytest.mark.parametrize(
    ("width", "sentence"),
    [
        (66, "width is 66; write a multiple of 4"),
        (
            65536,
            r"PPO with models of width 65536 asks for 41\d\d\.\d GB and their "
            r"activations; cpu has \d+\.\d GB; set a smaller width",
        ),
    ],
)
def test_a_width_that_cannot_be_is_refused_before_anything_is_made(
    width: int, sentence: str
) -> None:
    with pytest.raises(WorldError, match=sentence):
        list(records(request(width=width)))


def test_memory_that_runs_out_on_the_way_is_said() -> None:
    cpu = torch.device("cpu")
    with (
        pytest.raises(WorldError, match=r"width 64 asks for 7.0 GB .* cpu has"),
        worlds_bill.told_when_full(cpu, 64, 7 * 10**9),
    ):
        torch.empty(10**15)
    with (
        pytest.raises(RuntimeError, match="size"),
        worlds_bill.told_when_full(cpu, 64, 1),
    ):
        torch.zeros(2) + torch.zeros(3)


@pytest.mark.skipif(not torch.cuda.is_available(), reason="needs a CUDA device")
def test_on_cuda_the_bytes_of_a_large_model_are_those_of_the_formula() -> None:
    _, world = opened(request("cuda"))
    found = list(worlds_bill.bills(world, world.labelled(0), 1024, 0))
    for one in of_type(found, "bill"):
        assert abs(one["off"]) < 0.1 and one["peak"] >= one["bytes"]
