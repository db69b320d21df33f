"""Reward model and critic."""

import math

import pytest
import torch

from drillbox.reference import scoring
from drillbox.reference.tiny import Shape, TinyLM
from drillbox.reference.training import Batch

GOOD, BAD = 3, 4


@pytest.fixture
def body() -> TinyLM:
    torch.manual_seed(4)
    return TinyLM(Shape(words=9, width=8, layers=1, heads=2, length=8))


def test_a_new_scorer_says_0_everywhere_and_is_a_copy(body: TinyLM) -> None:
    scorer, ids = scoring.Scorer(body), torch.randint(9, (2, 6))
    assert torch.equal(scorer(ids), torch.zeros(2, 6))
    own = {id(p) for p in scorer.parameters()}
    assert not own & {id(p) for p in body.parameters()}


def test_a_place_has_seen_nothing_of_what_follows(body: TinyLM) -> None:
    scorer = scoring.Scorer(body)
    torch.nn.init.normal_(scorer.head.weight)
    ids = torch.randint(9, (1, 6))
    other = ids.clone()
    other[0, 4:] = (ids[0, 4:] + 1) % 9
    assert torch.equal(scorer(ids)[0, :4], scorer(other)[0, :4])
    assert not torch.equal(scorer(ids)[0, 4:], scorer(other)[0, 4:])


def test_the_reward_is_the_number_at_the_last_word() -> None:
    class Counting(torch.nn.Module):
        def forward(self, ids: torch.Tensor) -> torch.Tensor:
            return torch.arange(ids.numel()).float().view(ids.shape)

    mask = torch.tensor([[0, 1, 1, 0], [0, 0, 1, 1], [1, 0, 0, 0]]).bool()
    found = scoring.rewards(Counting(), torch.zeros(3, 4).long(), mask)
    assert found.tolist() == [2, 7, 8]


def test_a_reward_model_learns_which_word_is_liked(body: TinyLM) -> None:
    torch.manual_seed(1)
    ids = torch.randint(5, 9, (40, 6))
    ids[:20, 3], ids[20:, 3] = GOOD, BAD
    pairs = Batch(
        ids, torch.tensor([False, False, True, True, True, True]).repeat(40, 1)
    )
    model = scoring.Scorer(body)
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-2)
    orders = [torch.arange(20)] * 30
    losses = list(scoring.fit(model, pairs, optimizer, orders))
    assert losses[0] == pytest.approx(math.log(2))
    assert losses[-1] < 0.1
    fresh = torch.randint(5, 9, (10, 6))
    fresh[:5, 3], fresh[5:, 3] = GOOD, BAD
    found = scoring.rewards(model, fresh, torch.ones(10, 6).bool())
    assert found[:5].min() > found[5:].max()
