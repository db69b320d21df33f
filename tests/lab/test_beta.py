"""The run beta: what its records say, and a training that breaks."""

import math
from itertools import pairwise
from typing import Any

import pytest

from drillbox.lab.beta import BETA
from drillbox.lab.document import shipped
from drillbox.lab.general import of_type
from drillbox.lab.run import CHECKPOINT, SHA256
from drillbox.reference.worlds import WorldError
from drillbox.reference.worlds_beta import records


def test_the_first_step_of_sgd_is_as_long_as_beta() -> None:
    first = [one for one in of_type(shipped("beta"), "sgd") if one["step"] == 1]
    assert len(first) == 10
    for one in first:
        assert one["gap"] / one["beta"] == pytest.approx(0.02418, rel=0.01)


def test_gradient_flow_gives_the_gap_at_small_steps() -> None:
    """h/β + (e^{βh} − 1)/β² = G t, with G t read off the first step: h₁ = G t₁ β/2."""
    path = [one for one in of_type(shipped("beta"), "sgd") if one["beta"] == 0.3]
    strength = 2 * path[1]["gap"] / 0.3
    for one in path[5:]:
        beta, gap = one["beta"], one["gap"]
        flow = gap / beta + math.expm1(beta * gap) / beta**2
        assert flow == pytest.approx(strength * one["step"], rel=0.1)


def test_the_first_step_of_adamw_does_not_see_beta() -> None:
    first = [one["gap_after_1"] for one in of_type(shipped("beta"), "adamw")]
    assert max(first) == pytest.approx(min(first), rel=0.02)


def test_the_kl_falls_at_every_step_of_the_sweep() -> None:
    kls = [one["kl"] for one in of_type(shipped("beta"), "adamw")]
    assert all(second < first for first, second in pairwise(kls))
    assert "rises" not in BETA.happened(shipped("beta"))["kl"].why


def test_a_rise_in_the_sweep_is_said() -> None:
    records = [dict(one) for one in shipped("beta")]
    of_type(records, "adamw")[1]["kl"] = 100.0
    happened = BETA.happened(records)["kl"]
    assert happened.answer == "down"
    assert "it rises at 1 of the 4 steps of the sweep" in happened.why


@pytest.mark.parametrize(
    ("gaps", "where"),
    [
        ((0.2, 0.1, 0.01), "at the smallest β"),
        ((0.1, 2.1, 0.2), "between, where β h is about 2"),
        ((0.1, 0.3, 0.2), "between, but not there"),
        ((0.1, 0.15, 0.2), "at the largest β"),
    ],
)
def test_where_the_gap_is_largest(gaps: tuple[float, ...], where: str) -> None:
    made: list[dict[str, Any]] = [
        {"type": "sgd", "beta": beta, "step": step, "gap": step * gap}
        for beta, gap in zip((0.1, 1.0, 10.0), gaps, strict=True)
        for step in (0, 1)
    ]
    whole = [*made, *of_type(shipped("beta"), "adamw")]
    assert BETA.happened(whole)["peak"].answer == where


def test_a_training_that_breaks_names_step_and_quantity() -> None:
    settings = {"sgd_lr": 1e30, "sgd_steps": 5, "adamw_lr": 1e-4, "adamw_steps": 1}
    place = {"checkpoint": CHECKPOINT, "sha256": SHA256, "device": "cpu"}
    request = {"run": "beta", "seed": 0, "settings": settings, **place}
    with pytest.raises(
        WorldError, match=r"SGD at β 0.1, step \d: the gap is no number"
    ):
        list(records(request))
