"""What four-models and leash share: watched training, streams of random numbers."""

import math
from collections.abc import Iterator
from pathlib import Path

import pytest
import torch

from drillbox.lab.run import CHECKPOINT, SHA256
from drillbox.reference.reviews import Reviews
from drillbox.reference.rlhf import Iteration
from drillbox.reference.tiny import load
from drillbox.reference.worlds import WorldError
from drillbox.reference.worlds_reviews import World, orders, sound, watched

NAN = math.nan


@pytest.fixture(scope="module")
def world() -> World:
    model, words = load(Path(CHECKPOINT), SHA256)
    return World(model.requires_grad_(False), Reviews(words, torch.device("cpu")))


@pytest.mark.parametrize(
    ("state", "quantity"),
    [
        (NAN, "loss"),
        (math.inf, "loss"),
        (Iteration(1.0, NAN, 3.0, NAN), "kl"),
        (Iteration(-math.inf, 0.0, 3.0, 0.0), "reward"),
    ],
)
def test_what_is_no_number_stops_with_step_and_quantity(
    state: float | Iteration, quantity: str
) -> None:
    fine: float | Iteration = 0.5 if isinstance(state, float) else Iteration(0, 0, 1, 0)
    seen = watched("PPO", [fine, fine, state, fine])
    assert [next(seen), next(seen)] == [fine, fine]
    sentence = f"PPO, step 2: the {quantity} is no number; set a smaller step size"
    with pytest.raises(WorldError, match=sentence):
        next(seen)


def test_a_policy_that_breaks_after_its_last_state_is_found(world: World) -> None:
    policy = world.policy()

    def states() -> Iterator[float]:
        yield 0.1
        with torch.no_grad():
            policy.norm.weight.fill_(NAN)
        yield 0.1

    seen = sound("DPO", policy, world, states())
    assert next(seen) == next(seen) == 0.1
    with pytest.raises(WorldError, match="DPO, step 1: the policy's logit is no"):
        next(seen)


def test_every_name_has_random_numbers_of_its_own(world: World) -> None:
    def drawn(seed: int, name: str) -> list[float]:
        return torch.rand(3, generator=world.random(seed, name)).tolist()

    assert drawn(0, "PPO") == drawn(0, "PPO")
    assert drawn(0, "PPO") != drawn(1, "PPO") != drawn(0, "labels")


def test_orders_take_every_pair_before_any_comes_again(world: World) -> None:
    found = list(orders(64, 3, world.random(0, "x")))
    assert [len(one) for one in found] == [32] * 3
    assert sorted(torch.cat(found[:2]).tolist()) == list(range(64))
