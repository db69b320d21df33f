"""The variants of DPO: what each must be where another one is known."""

import itertools
import math

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor

from drillbox.reference import losses, variants

logp = st.floats(-300, -0.01)
betas = st.floats(0.01, 5)
quadruples = st.lists(st.lists(logp, min_size=4, max_size=4), min_size=1, max_size=6)
Four = tuple[Tensor, Tensor, Tensor, Tensor]


def tensor(*values: float) -> Tensor:
    return torch.tensor(values, dtype=torch.float64)


def columns(rows: list[list[float]]) -> Four:
    chosen, rejected, ref_chosen, ref_rejected = torch.tensor(
        rows, dtype=torch.float64
    ).T
    return chosen, rejected, ref_chosen, ref_rejected


@given(quadruples, betas)
@settings(deadline=None)
def test_without_its_constant_each_is_dpo(rows: list[list[float]], beta: float) -> None:
    four = columns(rows)
    lengths = torch.arange(1, len(rows) + 1), torch.full((len(rows),), 3)
    want = losses.dpo_loss(*four, beta)
    same = [
        variants.cdpo_loss(*four, beta, 0.0),
        variants.dpop_loss(*four, beta, 0.0),
        variants.rdpo_loss(*four, *lengths, beta, 0.0),
        variants.length_normalised_dpo(*four, lengths[1], lengths[1], 3 * beta),
    ]
    for loss in same:
        torch.testing.assert_close(loss, want, rtol=1e-9, atol=1e-11)


@pytest.mark.parametrize("tau", [0.02, 0.1, 3.0])
def test_ipo_is_nothing_at_its_target_and_a_square_around_it(tau: float) -> None:
    target = losses.ipo_target(tensor(tau))[0].item()
    zero = tensor(0.0)
    for away in (0.0, 1.5, -1.5):
        loss = variants.ipo_loss(tensor(target + away), zero, zero, zero, tau)
        assert loss.item() == pytest.approx(away**2, abs=1e-9)


@pytest.mark.parametrize("epsilon", [0.1, 0.3, 0.45])
def test_cdpo_has_no_slope_at_its_target(epsilon: float) -> None:
    beta, zero = 0.5, tensor(0.0)
    best = losses.cdpo_target(tensor(epsilon)) / beta
    chosen = best.requires_grad_()
    variants.cdpo_loss(chosen, zero, zero, zero, beta, epsilon).backward()
    assert chosen.grad is not None
    assert chosen.grad.item() == pytest.approx(0, abs=1e-15)


def test_dpop_pulls_a_fallen_chosen_answer_harder() -> None:
    zero, beta, lam = tensor(0.0), 0.7, 3.0
    for away, factor in ((-0.5, 1 + lam), (0.5, 1.0)):
        chosen = tensor(away).requires_grad_()
        variants.dpop_loss(chosen, zero, zero, zero, beta, lam).backward()
        assert chosen.grad is not None
        weight = 1 / (1 + math.exp(beta * factor * away))
        assert chosen.grad.item() == pytest.approx(-beta * factor * weight)


def test_a_longer_chosen_answer_teaches_less() -> None:
    zero = tensor(0.0)
    slopes = []
    for chosen_length in (10, 30, 50):
        chosen = tensor(0.0).requires_grad_()
        lengths = torch.tensor([chosen_length]), torch.tensor([30])
        loss = variants.rdpo_loss(chosen, zero, zero, zero, *lengths, 0.5, 0.05)
        loss.backward()
        assert chosen.grad is not None
        slopes.append(-chosen.grad.item())
    assert slopes == pytest.approx([0.5 / (1 + math.exp(x)) for x in (-1, 0, 1)])


def test_simpo_is_ln_2_where_the_rewards_differ_by_gamma() -> None:
    lengths = torch.tensor([4]), torch.tensor([5])
    chosen, rejected = tensor(4 * -0.2), tensor(5 * -0.5)
    loss = variants.simpo_loss(chosen, rejected, *lengths, 2.0, 0.6)
    assert loss.item() == pytest.approx(math.log(2))


@given(st.lists(st.floats(-5, -0.01), min_size=2, max_size=2), st.floats(0.01, 3))
@settings(deadline=None)
def test_orpo_as_it_is_written(means: list[float], lam: float) -> None:
    odds = [math.exp(x) / (1 - math.exp(x)) for x in means]
    want = -means[0] + lam * math.log1p(odds[1] / odds[0])
    got = variants.orpo_loss(tensor(means[0]), tensor(means[1]), lam)
    assert got.item() == pytest.approx(want, rel=1e-9)


def test_log_odds_keep_their_digits_close_to_certainty() -> None:
    x = torch.tensor([-1e-6], dtype=torch.float32)
    assert variants.log_odds(x).item() == pytest.approx(math.log(1e6), rel=1e-6)


def test_kto_weighs_each_kind_and_its_baseline_is_a_constant() -> None:
    policy, ref = tensor(1.0, 1.0, -2.0), tensor(0.0, 0.0, 0.0)
    desirable = torch.tensor([True, False, False])
    kl_policy = tensor(0.5, 1.5).requires_grad_()
    loss = variants.kto_loss(
        policy.requires_grad_(), ref, desirable, kl_policy, tensor(0, 0), 1.0, 2.0, 3.0
    )
    loss.backward()
    settled = 1 / (1 + math.exp(3.0))
    assert loss.item() == pytest.approx((2 * 0.5 + 3 * 0.5 + 3 * settled) / 3)
    assert kl_policy.grad is None
    assert policy.grad is not None
    slope = settled * (1 - settled)
    assert policy.grad.tolist() == pytest.approx([-0.5 / 3, 0.75 / 3, slope])


def test_a_negative_kl_estimate_is_cut_off() -> None:
    one, zero = tensor(0.4), tensor(0.0)
    losses_of = [
        variants.kto_loss(one, zero, torch.tensor([True]), kl, zero, 1.0, 1.0, 1.0)
        for kl in (tensor(-5.0), tensor(0.0))
    ]
    assert losses_of[0] == losses_of[1]


values = st.sampled_from([0.5, 1.0, 2.0])
sweeps = st.lists(st.tuples(values, values, values), max_size=6)


@given(sweeps, values)
@settings(deadline=None)
def test_no_other_affordable_run_is_better(
    rows: list[tuple[float, float, float]], budget: float
) -> None:
    runs = [{"beta": b, "kl": k, "reward": r} for b, k, r in rows]
    ranks = [(r, -k, b) for b, k, r in rows if k <= budget]
    want = max(ranks)[2] if ranks else None
    for order in itertools.islice(itertools.permutations(runs), 24):
        assert variants.choose_beta(order, budget) == want
