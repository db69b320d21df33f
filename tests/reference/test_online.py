"""Online DPO in a world of a few words."""

import copy

import pytest
import torch
from torch import Tensor

from drillbox.reference.online import drawn_pairs, joined, online_dpo
from drillbox.reference.sampling import Answers
from drillbox.reference.tiny import Shape, TinyLM
from drillbox.reference.training import Batch, State

LIKED = 5
PROMPTS = [[3, 2], [4, 3, 2]] * 8


@pytest.fixture
def reference() -> TinyLM:
    torch.manual_seed(4)
    return TinyLM(Shape(words=8, width=16, layers=1, heads=2, length=8))


def share(ids: Tensor, mask: Tensor) -> Tensor:
    return ((ids == LIKED) & mask).sum(1) / mask.sum(1)


def liked(first: Answers, second: Answers) -> Tensor:
    return share(first.ids, first.mask) >= share(second.ids, second.mask)


def random(seed: int = 0) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def test_the_preferred_answer_of_each_prompt_stands_first(reference: TinyLM) -> None:
    pairs = drawn_pairs(reference, PROMPTS, 4, liked, random())
    assert len(pairs) == len(PROMPTS)
    chosen, rejected = share(pairs.ids, pairs.mask).chunk(2)
    assert (chosen >= rejected).all() and (chosen > rejected).any()
    for at, prompt in enumerate(PROMPTS):
        for row in (at, at + len(PROMPTS)):
            assert pairs.ids[row, : len(prompt)].tolist() == prompt
            assert not pairs.mask[row, : len(prompt)].any()


def test_the_two_answers_are_independent(reference: TinyLM) -> None:
    pairs = drawn_pairs(reference, PROMPTS, 4, liked, random())
    chosen, rejected = pairs.ids.chunk(2)
    assert (chosen != rejected).any(1).sum() > len(PROMPTS) / 2


def test_joined_batches_keep_each_pair_and_pad_with_nothing() -> None:
    one = Batch(torch.tensor([[3, 1], [4, 1]]), torch.tensor([[False, True]] * 2))
    other = Batch(torch.tensor([[5, 6, 1], [7, 1, 0]]), torch.ones(2, 3).bool())
    found = joined([one, other])
    assert found.ids.tolist() == [[3, 1, 0], [5, 6, 1], [4, 1, 0], [7, 1, 0]]
    assert found.mask[0].tolist() == [False, True, False]
    assert found.mask[1].tolist() == [True] * 3


def learnt(reference: TinyLM) -> tuple[list[State], TinyLM]:
    policy = copy.deepcopy(reference)
    optimizer = torch.optim.AdamW(policy.parameters(), lr=1e-2)
    models = policy, reference, PROMPTS, liked, optimizer
    how = {"beta": 0.3, "most": 4, "steps": 15}
    return list(online_dpo(*models, **how, generator=random())), policy


def test_the_policy_comes_to_say_what_is_preferred(reference: TinyLM) -> None:
    states, policy = learnt(reference)
    assert states[0].margin == pytest.approx(0, abs=1e-6)
    before, after = (
        drawn_pairs(model, PROMPTS * 4, 4, liked, random(1))
        for model in (reference, policy)
    )
    means = [share(one.ids, one.mask).mean().item() for one in (before, after)]
    assert means[1] > means[0] + 0.3


def test_it_repeats_bit_by_bit_and_leaves_the_reference(reference: TinyLM) -> None:
    kept = copy.deepcopy(reference.state_dict())
    assert learnt(reference)[0] == learnt(reference)[0]
    assert all(torch.equal(kept[k], v) for k, v in reference.state_dict().items())
