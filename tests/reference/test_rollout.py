"""Shaped rewards, advantages over masked rows, the clipped loss."""

import math

import pytest
import torch

from drillbox.reference import ppo, rollout


def table(*rows: list[float]) -> torch.Tensor:
    return torch.tensor(rows, dtype=torch.float64)


MASK = torch.tensor([[0, 1, 1, 1, 0], [1, 1, 0, 0, 0]]).bool()


def noise(seed: int) -> torch.Tensor:
    generator = torch.Generator().manual_seed(seed)
    return torch.randn(2, 5, generator=generator, dtype=torch.float64)


def test_each_token_pays_for_its_drift_and_the_last_one_gets_the_score() -> None:
    policy = table([9, -1, -2, -3, 9], [-1, -2, 9, 9, 9])
    ref = table([0, -2, -2, -1, 0], [-1, -1, 0, 0, 0])
    scores = table([10, -5])[0]
    found = rollout.kl_shaped_reward(scores, policy, ref, MASK, 0.5)
    assert found.tolist() == [[0, -0.5, 0, 11, 0], [0, -4.5, 0, 0, 0]]


def test_a_gap_in_the_mask_and_a_row_without_a_true() -> None:
    mask = torch.tensor([[1, 0, 1, 0, 0], [0, 0, 0, 0, 0]]).bool()
    zero = torch.zeros(2, 5, dtype=torch.float64)
    found = rollout.kl_shaped_reward(table([3, 4])[0], zero, zero, mask, 0.1)
    assert found.tolist() == [[0, 0, 3, 0, 0], [0] * 5]


@pytest.mark.parametrize("gamma", [0.0, 0.9, 1.0])
@pytest.mark.parametrize("lam", [0.0, 0.8, 1.0])
def test_advantages_are_those_of_the_answer_cut_out(gamma: float, lam: float) -> None:
    rewards, values = noise(1), noise(2)
    advantages, returns = rollout.gae(rewards, values, MASK, gamma, lam)
    for row in range(2):
        kept = MASK[row]
        cut = rewards[row, kept], values[row, kept]
        alone = ppo.gae(*cut, torch.tensor(gamma), torch.tensor(lam))
        assert torch.allclose(advantages[row, kept], alone)
        assert torch.allclose(returns[row, kept], alone + values[row, kept])
        assert not advantages[row, ~kept].any() and not returns[row, ~kept].any()


def test_what_stands_beside_the_answer_does_not_flow_into_it() -> None:
    rewards, values = noise(1), noise(2)
    plain = rollout.gae(rewards, values, MASK, 0.9, 0.8)
    for spoilt in (1e6, math.nan):
        spoilt_rewards = rewards.masked_fill(~MASK, spoilt)
        spoilt_values = values.masked_fill(~MASK, spoilt)
        again = rollout.gae(spoilt_rewards, spoilt_values, MASK, 0.9, 0.8)
        assert torch.equal(plain[0], again[0]) and torch.equal(plain[1], again[1])


def test_float32_stays_float32() -> None:
    rewards, values = noise(1).float(), noise(2).float()
    for one in rollout.gae(rewards, values, MASK, 0.9, 0.8):
        assert one.dtype == torch.float32


def test_the_clipped_loss_is_the_mean_over_the_true_tokens_of_the_batch() -> None:
    logps, old, advantages = noise(1), noise(2), noise(3)
    found = rollout.ppo_clip_loss(logps, old, advantages, MASK, 0.2)
    each = ppo.clip_loss(logps, old, advantages, torch.tensor(0.2, dtype=torch.float64))
    assert found.item() == pytest.approx(each[MASK].mean().item(), rel=1e-14)


@pytest.mark.parametrize(
    ("ratio", "advantage", "slope"),
    [(1.5, 1.0, 0.0), (0.5, 1.0, -0.5), (1.5, -1.0, 1.5), (0.5, -1.0, 0.0)],
)
def test_the_clip_ends_a_gain_and_never_a_loss(
    ratio: float, advantage: float, slope: float
) -> None:
    logps = table([math.log(ratio) - 2]).requires_grad_()
    fixed = table([-2.0]), table([advantage])
    mask = torch.ones(1, 1).bool()
    loss = rollout.ppo_clip_loss(logps, *fixed, mask, 0.2)
    (found,) = torch.autograd.grad(loss, logps)
    assert found.item() == pytest.approx(slope)


def test_only_the_new_log_probs_get_a_gradient() -> None:
    arrays = [noise(k).requires_grad_() for k in range(3)]
    loss = rollout.ppo_clip_loss(*arrays, MASK, 0.2)
    found = torch.autograd.grad(loss, arrays, allow_unused=True)
    assert found[0] is not None and found[1] is None and found[2] is None


def test_the_ends_of_the_clip_are_as_exact_as_the_inputs() -> None:
    """A scalar chosen by torch.where would be float32: 1.2 off by 5e-8."""
    far = table([3.0]), table([0.0]), table([1.0])
    loss = rollout.ppo_clip_loss(*far, torch.ones(1, 1).bool(), 0.2)
    assert loss.item() == pytest.approx(-1.2, abs=1e-15)
