"""PPO's loop in a world of a few words."""

import copy
from dataclasses import replace

import pytest
import torch
from torch import Tensor

from drillbox.reference import rlhf, scoring
from drillbox.reference.sampling import Answers
from drillbox.reference.tiny import Shape, TinyLM

LIKED = 5
PROMPTS = [[3, 2], [4, 3, 2]] * 16
PLAN = rlhf.Plan(most=4, kl_coef=0.1, epochs=2, size=8)


@pytest.fixture
def reference() -> TinyLM:
    torch.manual_seed(4)
    return TinyLM(Shape(words=8, width=16, layers=1, heads=2, length=8))


def liked(answers: Answers) -> Tensor:
    """The share of the liked word."""
    hits = (answers.ids == LIKED) & answers.mask
    return hits.sum(1) / answers.mask.sum(1)


def learnt(reference: TinyLM, plan: rlhf.Plan, count: int) -> list[rlhf.Iteration]:
    policy, critic = copy.deepcopy(reference), scoring.Scorer(reference)
    both = [*policy.parameters(), *critic.parameters()]
    optimizer = torch.optim.AdamW(both, lr=1e-2)
    random = torch.Generator().manual_seed(0)
    models = policy, critic, reference
    return [
        rlhf.iterate(*models, liked, optimizer, PROMPTS, plan, random)
        for _ in range(count)
    ]


def test_the_policy_learns_to_say_what_is_liked(reference: TinyLM) -> None:
    seen = learnt(reference, PLAN, 12)
    assert seen[0].kl == 0 and seen[0].reward < 0.3
    assert seen[-1].reward > seen[0].reward + 0.4
    assert seen[-1].kl > 0.5


def test_a_dear_nat_keeps_the_policy_at_home(reference: TinyLM) -> None:
    dear = replace(PLAN, kl_coef=5.0)
    free, held = (learnt(reference, plan, 12)[-1] for plan in (PLAN, dear))
    assert held.kl < free.kl / 3 and held.reward < free.reward


def test_an_iteration_repeats_bit_by_bit_and_leaves_the_reference(
    reference: TinyLM,
) -> None:
    kept = copy.deepcopy(reference.state_dict())
    assert learnt(reference, PLAN, 3) == learnt(reference, PLAN, 3)
    assert all(torch.equal(kept[k], v) for k, v in reference.state_dict().items())


def test_each_of_two_words_of_an_answer_gets_its_place() -> None:
    """By hand: π = ½ for each of two words, ref = (¼, ¾), no values, γ = λ = 1.

    Answer "1 0" after the prompt "0", judged 2: rewards of the tokens −log(½ / ¾) and
    2 − log(½ / ¼), times 1; whitened, the advantages have mean 0.
    """
    answers = Answers(torch.tensor([[0, 1, 0]]), torch.tensor([[False, True, True]]))
    half = torch.zeros(1, 3, 2, dtype=torch.float64)
    other = torch.tensor([0.25, 0.75], dtype=torch.float64).log().expand(1, 3, 2)
    plan = rlhf.Plan(most=2, kl_coef=1.0, epochs=1, size=1, gamma=1.0, lam=1.0)
    rollout, drift = rlhf.looked_at(
        lambda _: half,
        lambda ids: torch.zeros(ids.shape, dtype=torch.float64),
        lambda _: other,
        answers,
        torch.tensor([2.0], dtype=torch.float64),
        plan,
    )
    first, second = torch.tensor([1.5, 0.5], dtype=torch.float64).log()
    assert rollout.returns[0].tolist() == pytest.approx(
        [(first + 2 + second).item(), (2 + second).item()]
    )
    assert drift.item() == pytest.approx(-(first + second).item())
    assert rollout.advantages.sum().item() == pytest.approx(0, abs=1e-12)
