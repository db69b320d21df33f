"""Shaped rewards, advantages, clipped losses, minibatch steps: tables by hand."""

import math

import pytest
import torch

from drillbox.reference import ppo


def tensor(*values: float) -> torch.Tensor:
    return torch.tensor(values, dtype=torch.float64)


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
    found = ppo.kl_shaped_reward(scores, policy, ref, MASK, 0.5)
    assert found.tolist() == [[0, -0.5, 0, 11, 0], [0, -4.5, 0, 0, 0]]


def test_a_gap_in_the_mask_and_a_row_without_a_true() -> None:
    mask = torch.tensor([[1, 0, 1, 0, 0], [0, 0, 0, 0, 0]]).bool()
    zero = torch.zeros(2, 5, dtype=torch.float64)
    found = ppo.kl_shaped_reward(table([3, 4])[0], zero, zero, mask, 0.1)
    assert found.tolist() == [[0, 0, 3, 0, 0], [0] * 5]


def one_row(*values: float) -> torch.Tensor:
    return tensor(*values)[None]


def all_of(rewards: torch.Tensor) -> torch.Tensor:
    return torch.ones_like(rewards).bool()


def test_gae_without_lambda_is_the_one_step_error() -> None:
    rewards, values = one_row(1, 2, 3), one_row(0.5, 0.25, 0.125)
    found, returns = ppo.gae(rewards, values, all_of(rewards), 0.9, 0.0)
    expected = [1 + 0.9 * 0.25 - 0.5, 2 + 0.9 * 0.125 - 0.25, 3 - 0.125]
    assert found[0].tolist() == pytest.approx(expected)
    assert returns.tolist() == (found + values).tolist()


def test_gae_with_lambda_1_is_the_return_less_the_value() -> None:
    rewards, values = one_row(1, 2, 3), one_row(0.5, 0.25, 0.125)
    found, returns = ppo.gae(rewards, values, all_of(rewards), 0.9, 1.0)
    expected = [1 + 0.9 * 2 + 0.81 * 3, 2 + 0.9 * 3, 3]
    assert returns[0].tolist() == pytest.approx(expected)
    assert found.tolist() == (returns - values).tolist()


def test_gae_by_hand() -> None:
    """γ = ½, λ = 0.8: δ = (2, −1, 3), so A₃ = 3, A₂ = −1 + 0.4·3, A₁ = 2 + 0.4·0.2."""
    rewards, values = one_row(1, 2, 3), one_row(0.5, 3, 0)
    found, _ = ppo.gae(rewards, values, all_of(rewards), 0.5, 0.8)
    assert found[0].tolist() == pytest.approx([2.08, 0.2, 3.0])


@pytest.mark.parametrize("gamma", [0.0, 0.9, 1.0])
@pytest.mark.parametrize("lam", [0.0, 0.8, 1.0])
def test_advantages_are_those_of_the_answer_cut_out(gamma: float, lam: float) -> None:
    rewards, values = noise(1), noise(2)
    advantages, returns = ppo.gae(rewards, values, MASK, gamma, lam)
    for row in range(2):
        kept = MASK[row]
        cut = rewards[row, kept][None], values[row, kept][None]
        alone = ppo.gae(*cut, all_of(cut[0]), gamma, lam)
        assert torch.allclose(advantages[row, kept], alone[0])
        assert torch.allclose(returns[row, kept], alone[1])
        assert not advantages[row, ~kept].any() and not returns[row, ~kept].any()


def test_every_answer_may_have_its_own_gamma() -> None:
    rewards, values = noise(1), noise(2)
    both = ppo.gae(rewards, values, MASK, tensor(0.9, 0.5), tensor(0.8, 0.2))[0]
    for row, (gamma, lam) in enumerate(((0.9, 0.8), (0.5, 0.2))):
        alone = ppo.gae(rewards, values, MASK, gamma, lam)[0]
        assert torch.allclose(both[row], alone[row])


def test_what_stands_beside_the_answer_does_not_flow_into_it() -> None:
    rewards, values = noise(1), noise(2)
    plain = ppo.gae(rewards, values, MASK, 0.9, 0.8)
    for spoilt in (1e6, math.nan):
        spoilt_rewards = rewards.masked_fill(~MASK, spoilt)
        spoilt_values = values.masked_fill(~MASK, spoilt)
        again = ppo.gae(spoilt_rewards, spoilt_values, MASK, 0.9, 0.8)
        assert torch.equal(plain[0], again[0]) and torch.equal(plain[1], again[1])


def test_float32_stays_float32() -> None:
    rewards, values = noise(1).float(), noise(2).float()
    for one in ppo.gae(rewards, values, MASK, 0.9, 0.8):
        assert one.dtype == torch.float32


def test_the_clipped_loss_is_the_mean_over_the_true_tokens_of_the_batch() -> None:
    logps, old, advantages = noise(1), noise(2), noise(3)
    found = ppo.ppo_clip_loss(logps, old, advantages, MASK, 0.2)
    each = ppo.clip_loss(logps, old, advantages, 0.2)
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
    loss = ppo.ppo_clip_loss(logps, *fixed, mask, 0.2)
    (found,) = torch.autograd.grad(loss, logps)
    assert found.item() == pytest.approx(slope)


def test_only_the_new_log_probs_get_a_gradient() -> None:
    arrays = [noise(k).requires_grad_() for k in range(3)]
    loss = ppo.ppo_clip_loss(*arrays, MASK, 0.2)
    found = torch.autograd.grad(loss, arrays, allow_unused=True)
    assert found[0] is not None and found[1] is None and found[2] is None


def test_the_ends_of_the_clip_are_as_exact_as_the_inputs() -> None:
    """A scalar chosen by torch.where would be float32: 1.2 off by 5e-8."""
    far = table([3.0]), table([0.0]), table([1.0])
    loss = ppo.ppo_clip_loss(*far, torch.ones(1, 1).bool(), 0.2)
    assert loss.item() == pytest.approx(-1.2, abs=1e-15)


@pytest.mark.parametrize(
    ("ratio", "advantage", "loss"),
    [
        (1.5, 1.0, -1.2),  # gained enough: the clip holds
        (0.5, 1.0, -0.5),
        (1.5, -1.0, 1.5),  # the pessimistic side is never clipped
        (0.5, -1.0, 0.8),
        (1.0, 2.0, -2.0),
    ],
)
def test_the_clip_takes_the_pessimistic_side(
    ratio: float, advantage: float, loss: float
) -> None:
    logp, old = tensor(math.log(ratio) - 3), tensor(-3)
    found = ppo.clip_loss(logp, old, tensor(advantage), 0.2)
    assert found.item() == pytest.approx(loss)


def test_whitened_advantages_have_mean_0_and_variance_1_over_the_true_tokens() -> None:
    found = ppo.whiten(noise(1), MASK)
    assert found[MASK].mean().item() == pytest.approx(0)
    assert found[MASK].var().item() == pytest.approx(1)
    assert not found[~MASK].any()
    by_hand = ppo.whiten(table([1, 9, 3]), torch.tensor([[True, False, True]]))
    assert by_hand[0].tolist() == pytest.approx([-math.sqrt(0.5), 0, math.sqrt(0.5)])


@pytest.mark.parametrize(
    ("value", "old", "target", "loss", "slope"),
    [
        (1.1, 1.0, 2.0, 0.405, -0.9),  # within the clip: the plain square
        (1.5, 1.0, 2.0, 0.32, 0.0),  # ran ahead to the target: held at 1.2
        (0.5, 1.0, 2.0, 1.125, -1.5),  # ran away from it: the plain square, worse
        (2.5, 1.0, 1.1, 0.98, 1.4),  # past the target: the plain square, worse
        (0.5, 1.0, 0.0, 0.32, 0.0),  # ran ahead downwards: held at 0.8
    ],
)
def test_the_value_loss_takes_the_worse_of_the_two_squares(
    value: float, old: float, target: float, loss: float, slope: float
) -> None:
    at = one_row(value).requires_grad_()
    found = ppo.value_loss(at, one_row(old), one_row(target), all_of(at), 0.2)
    assert found.item() == pytest.approx(loss)
    (gradient,) = torch.autograd.grad(found, at)
    assert gradient.item() == pytest.approx(slope)


def test_the_value_loss_is_a_mean_over_true_tokens_and_holds_its_targets() -> None:
    values, old, returns = (noise(k).requires_grad_() for k in range(3))
    found = ppo.value_loss(values, old, returns, MASK, 1e9)
    plain = ((values - returns)[MASK] ** 2).mean() / 2
    assert found.item() == pytest.approx(plain.item())
    slopes = torch.autograd.grad(found, (values, old, returns), allow_unused=True)
    assert slopes[0] is not None and slopes[1] is None and slopes[2] is None


def test_every_answer_comes_once_an_epoch_in_a_new_order() -> None:
    def drawn(seed: int) -> list[list[int]]:
        random = torch.Generator().manual_seed(seed)
        return [rows.tolist() for rows in ppo.minibatches(10, 4, 3, random)]

    found = drawn(0)
    assert [len(rows) for rows in found] == [4, 4, 2] * 3
    epochs = [[*found[k], *found[k + 1], *found[k + 2]] for k in (0, 3, 6)]
    assert all(sorted(epoch) == list(range(10)) for epoch in epochs)
    assert epochs[0] != epochs[1] != epochs[2]
    assert found == drawn(0) != drawn(1)


def coin() -> ppo.Rollout:
    """Two answers of one token, 1 and 0, from a fair coin; advantages +1 and −2."""
    column = torch.ones(2, 1, dtype=torch.float64)
    return ppo.Rollout(
        ids=torch.tensor([[0, 1], [0, 0]]),
        mask=column.bool(),
        logps=column * -math.log(2),
        values=column * 0.0,
        advantages=table([1], [-2]),
        returns=table([0.5], [-0.5]),
    )


def test_two_minibatch_steps_by_hand() -> None:
    """π(1) = σ(θ), V = v, both from 0; SGD of step size 1, clip 0.2, value weight 0.3.

    Answer 0: ρ = 1, A = 1, so the loss is −1 and its slope by θ −(1 − σ(0)) = −½; the
    critic misses by ½: ⅛, slope −½. So θ = 0.5, v = 0.15. Answer 1: ρ = 2(1 − σ(½)) =
    0.755 has left 0.8 with A < 0, so the loss is 2 · 0.8 without slope and θ stays; the
    critic misses by 0.65, so v = 0.15 − 0.3 · 0.65.
    """
    theta = torch.zeros((), dtype=torch.float64, requires_grad=True)
    value = torch.zeros((), dtype=torch.float64, requires_grad=True)

    def policy(ids: torch.Tensor) -> torch.Tensor:
        scores = torch.stack((torch.zeros_like(theta), theta))
        return scores.expand(*ids.shape, 2)

    def critic(ids: torch.Tensor) -> torch.Tensor:
        return value.expand(ids.shape)

    optimizer = torch.optim.SGD([theta, value], lr=1.0)
    rows = [torch.tensor([0]), torch.tensor([1])]
    weights = {"clip": 0.2, "value_weight": 0.3}
    seen = ppo.update(policy, critic, optimizer, coin(), rows, **weights)
    assert seen == pytest.approx([-1 + 0.3 / 8, 1.6 + 0.3 * 0.65**2 / 2])
    assert theta.item() == pytest.approx(0.5)
    assert value.item() == pytest.approx(0.15 - 0.3 * 0.65)
