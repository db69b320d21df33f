"""Training with any loss: that of DPO is the DPO loop, to the bit."""

import copy
from pathlib import Path

import pytest
import torch

from drillbox.lab.run import CHECKPOINT, SHA256
from drillbox.reference import losses, training
from drillbox.reference.tiny import TinyLM, batch, load
from drillbox.reference.training import Batch
from drillbox.reference.variants import fit, scores

ORDERS = [torch.tensor([0, 1]), torch.tensor([1]), torch.tensor([1, 0])]
WORDS = ("what color is the sky ?", "what color is the rose ?")
SIDES = ("it is blue .", "red .", "the sky is green .", "it is blue .")


@pytest.fixture(scope="module")
def world() -> tuple[TinyLM, Batch]:
    torch.set_num_threads(1)
    model, words = load(Path(CHECKPOINT), SHA256)
    return model, Batch(*batch(words, list(zip(WORDS * 2, SIDES, strict=True))))


def test_with_the_loss_of_dpo_it_is_the_dpo_loop(world: tuple[TinyLM, Batch]) -> None:
    model, pairs = world
    start = training.reference_logprobs(model, pairs)
    ours, theirs = copy.deepcopy(model), copy.deepcopy(model)
    found = fit(
        ours,
        start,
        pairs,
        lambda seen: losses.dpo(*seen.four, beta=0.5),
        training.adamw(ours, 1e-3),
        ORDERS,
    )
    kept = training.dpo(theirs, start, pairs, training.adamw(theirs, 1e-3), 0.5, ORDERS)
    assert list(found) == [state.loss for state in kept]
    for mine, other in zip(ours.parameters(), theirs.parameters(), strict=True):
        assert torch.equal(mine, other)


def test_lengths_are_of_the_completion_with_its_end(
    world: tuple[TinyLM, Batch],
) -> None:
    model, pairs = world
    seen = scores(model, training.reference_logprobs(model, pairs), pairs)
    assert seen.lengths["chosen_lengths"].tolist() == [5, 3]
    assert seen.lengths["rejected_lengths"].tolist() == [6, 5]
