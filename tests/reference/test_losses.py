"""The losses: golden numbers, laws, and what each must be where another is known."""

import functools
import inspect
import math
from collections.abc import Callable

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor

from drillbox.reference import losses
from drillbox.reference.logprobs import token_logprobs

logp = st.floats(-300, -0.01)
betas = st.floats(0.01, 5)
quadruples = st.lists(st.lists(logp, min_size=4, max_size=4), min_size=1, max_size=6)
Four = tuple[Tensor, Tensor, Tensor, Tensor]
Loss = Callable[..., Tensor]


def tensor(*values: float) -> Tensor:
    return torch.tensor(values, dtype=torch.float64)


def columns(rows: list[list[float]]) -> Four:
    pc, pr, rc, rr = torch.tensor(rows, dtype=torch.float64).T
    return pc, pr, rc, rr


# --- golden numbers ------------------------------------------------------------------
# Worked out with 30 digits from the formulas; those that TRL 1.16.0 has were also given
# by its DPOTrainer for these log-probs.

PAIRS = (
    tensor(-12.0, -30.5, -8.25),
    tensor(-14.0, -29.0, -8.75),
    tensor(-13.0, -28.0, -8.25),
    tensor(-13.5, -31.0, -8.25),
)
LENGTHS = {"chosen_lengths": tensor(6, 14, 4), "rejected_lengths": tensor(7, 12, 5)}
SMOOTHED = {"label_smoothing": 0.1}
HALF = functools.partial(losses.alpha_divergence, alpha=0.5)
GOLDEN: list[tuple[Loss, dict[str, object], list[float]]] = [
    (losses.dpo, {}, [0.38687100611, 2.3502065589, 0.57593941988]),
    (losses.hinge, {}, [0.25, 3.25, 0.75]),
    (losses.ipo, {}, [0.25, 30.25, 0.25]),
    (losses.ipo_normalised, LENGTHS, [0.58049886621, 1.8096655329, 0.81]),
    (losses.cdpo, SMOOTHED, [0.46187100611, 2.1252065589, 0.60093941988]),
    (losses.robust, SMOOTHED, [0.29312100611, 2.6314565589, 0.54468941988]),
    (losses.dpop, {"lam": 5.0}, [0.38687100611, 8.5002034477, 0.57593941988]),
    (
        losses.rdpo,
        {"alpha": 0.25, **LENGTHS},
        [0.47407698418, 1.9102241504, 0.69314718056],
    ),
    (losses.sigmoid_norm, LENGTHS, [0.63539386785, 0.7831767561, 0.66845964801]),
    (losses.exo_pair, SMOOTHED, [0.18278998103, 1.7783380503, 0.38196177379]),
    (losses.nca_pair, {}, [1.2490851862, 2.2845244658, 1.3276904808]),
    (losses.bco_pair, {}, [1.0500164041, 2.8151907689, 1.2690866004]),
    (losses.sppo_hard, {}, [0.25, 21.25, 1.25]),
    (losses.aot, SMOOTHED, [1.0618710061, 0.69314718056, 0.92407698418]),
    (losses.aot_unpaired, SMOOTHED, [1.2132616875, 0.60093941988, 0.92407698418]),
    (losses.apo_zero, {}, [0.81536416791, 1.5083584398, 0.93782349911]),
    (losses.apo_down, {}, [0.94328063203, 1.1273506739, 0.93782349911]),
    (losses.discopop, {}, [0.47236652659, 2.3502065589, 0.77744306221]),
    (losses.f_dpo, {}, [0.38687100611, 2.3502065589, 0.57593941988]),
    (
        losses.f_dpo,
        {"score": losses.forward_kl},
        [0.42335121088, 6.0259974014, 0.54406084017],
    ),
    (
        losses.f_dpo,
        {"score": losses.jensen_shannon},
        [0.54152788372, 1.4833091638, 0.62537900336],
    ),
    (losses.f_dpo, {"score": HALF}, [0.41070985183, 3.1655694801, 0.56118456369]),
]


def name_of(value: object) -> str | None:
    return getattr(value, "__name__", None)


@pytest.mark.parametrize(("loss", "settings", "expected"), GOLDEN, ids=name_of)
def test_these_three_pairs_give(
    loss: Loss, settings: dict[str, object], expected: list[float]
) -> None:
    found = loss(*PAIRS, beta=0.5, **settings)
    assert found.dtype == torch.float64 and found.shape == (3,)
    assert found.tolist() == pytest.approx(expected, rel=1e-9)


def test_these_answers_give_without_a_reference_or_without_a_pair() -> None:
    chosen, rejected, ref, ref_rejected = PAIRS
    lw, ll = LENGTHS.values()
    simpo = losses.simpo(chosen, rejected, lw, ll, 2.0, 0.5)
    orpo = losses.orpo(chosen / lw, rejected / ll, 0.25)
    good = torch.tensor([True, False, True])
    kto = losses.kto(chosen, ref, good, rejected, ref_rejected, 0.5, 1.5, 0.75)
    assert simpo.tolist() == pytest.approx(
        [0.97407698418, 0.70512280247, 1.4061501362], rel=1e-9
    )
    assert orpo.tolist() == pytest.approx(
        [2.1732867951, 2.3209449931, 2.2859082145], rel=1e-9
    )
    assert kto.tolist() == pytest.approx(
        [0.62614469031, 0.14638850776, 0.81235572483], rel=1e-9
    )


def test_the_pairwise_losses_have_one_signature() -> None:
    first = ["policy_chosen", "policy_rejected", "ref_chosen", "ref_rejected"]
    for loss in {loss for loss, _, _ in GOLDEN}:
        parameters = inspect.signature(loss).parameters
        assert list(parameters)[:5] == [*first, "beta"], loss
        for name in list(parameters)[4:]:
            assert parameters[name].kind is inspect.Parameter.KEYWORD_ONLY


# --- laws ----------------------------------------------------------------------------

OF_THE_MARGIN: list[tuple[Loss, dict[str, object]]] = [
    (losses.dpo, {}),
    (losses.hinge, {}),
    (losses.ipo, {}),
    (losses.cdpo, SMOOTHED),
    (losses.robust, SMOOTHED),
    (losses.exo_pair, SMOOTHED),
    (losses.discopop, {}),
    (losses.aot, SMOOTHED),
]


@pytest.mark.parametrize(("loss", "settings"), OF_THE_MARGIN, ids=name_of)
def test_a_constant_on_both_answers_of_a_prompt_changes_nothing(
    loss: Loss, settings: dict[str, object]
) -> None:
    pc, pr, rc, rr = PAIRS
    shift = tensor(3.0, -40.0, 0.5)
    plain = loss(pc, pr, rc, rr, beta=0.3, **settings)
    shifted = loss(pc + shift, pr + shift, rc, rr, beta=0.3, **settings)
    torch.testing.assert_close(plain, shifted, rtol=1e-10, atol=1e-12)


@pytest.mark.parametrize(
    "loss",
    [losses.nca_pair, losses.bco_pair, losses.sppo_hard, losses.apo_zero],
    ids=name_of,
)
def test_with_a_reward_for_each_answer_the_constant_counts(loss: Loss) -> None:
    pc, pr, rc, rr = PAIRS
    plain, shifted = loss(*PAIRS, beta=0.3), loss(pc + 2, pr + 2, rc, rr, beta=0.3)
    assert ((plain - shifted).abs() > 1e-3).all()


FAR = [
    losses.dpo,
    losses.hinge,
    functools.partial(losses.cdpo, **SMOOTHED),
    functools.partial(losses.robust, **SMOOTHED),
    functools.partial(losses.exo_pair, **SMOOTHED),
    functools.partial(losses.dpop, lam=5.0),
    losses.discopop,
    losses.nca_pair,
    losses.bco_pair,
    losses.apo_zero,
    losses.apo_down,
    losses.aot,
    losses.aot_unpaired,
    *(
        functools.partial(losses.f_dpo, score=score)
        for score in (losses.forward_kl, losses.jensen_shannon, HALF)
    ),
]


@pytest.mark.parametrize("loss", FAR)
@pytest.mark.parametrize("away", [1000.0, -1000.0])
@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_far_margins_are_finite_with_their_slope(
    loss: Loss, away: float, dtype: torch.dtype
) -> None:
    zero = torch.zeros(2, dtype=dtype)
    policy = [(zero + away).requires_grad_(), (zero - away).requires_grad_()]
    found = loss(*policy, zero, zero, beta=0.5)
    slopes = torch.autograd.grad(found.sum(), policy)
    assert found.dtype == dtype and found.isfinite().all()
    assert all(slope.isfinite().all() for slope in slopes)


def test_where_the_policy_is_the_reference_the_loss_is_ln_2() -> None:
    chosen, rejected = tensor(-3, -90), tensor(-50, -1)
    loss = losses.dpo_loss(chosen, rejected, chosen, rejected, 0.3)
    assert loss.item() == pytest.approx(math.log(2), abs=1e-15)


@pytest.mark.parametrize(("margin", "loss"), [(2.16, 0.10915), (-2.16, 2.26915)])
def test_a_margin_gives_this_loss(margin: float, loss: float) -> None:
    assert losses.pair_losses(tensor(margin)).item() == pytest.approx(loss, abs=1e-5)


@pytest.mark.parametrize("margin", [-1000.0, 1000.0])
@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_extreme_margins_stay_finite_with_their_gradient(
    margin: float, dtype: torch.dtype
) -> None:
    at = torch.tensor([margin], dtype=dtype, requires_grad=True)
    loss = losses.pair_losses(at)
    (slope,) = torch.autograd.grad(loss.sum(), at)
    assert loss.item() == max(0.0, -margin)
    assert slope.item() == (-1.0 if margin < 0 else 0.0)


@given(st.floats(-40, 40), betas)
@settings(deadline=None)
def test_beta_and_gap_count_only_through_their_product(h: float, beta: float) -> None:
    zero = tensor(0)
    scaled = losses.dpo_loss(tensor(h), zero, zero, zero, beta)
    single = losses.dpo_loss(tensor(beta * h), zero, zero, zero, 1.0)
    assert scaled.item() == pytest.approx(single.item(), rel=1e-12, abs=1e-15)


def test_the_targets_of_ipo_and_cdpo_are_where_their_losses_are_least() -> None:
    assert losses.ipo_target(tensor(0.1)).item() == pytest.approx(5)
    margin = losses.cdpo_target(tensor(0.1)).requires_grad_()
    smoothed = 0.9 * losses.pair_losses(margin) + 0.1 * losses.pair_losses(-margin)
    (slope,) = torch.autograd.grad(smoothed.sum(), margin)
    assert margin.item() == pytest.approx(math.log(9))
    assert slope.item() == pytest.approx(0, abs=1e-15)


def test_the_length_normalised_margin_divides_each_side_by_its_own_length() -> None:
    dw, lw, dl, ll = (tensor(value) for value in (6.0, 3, -8.0, 4))
    found = losses.length_normalised_margin(dw, lw, dl, ll, 2.0)
    assert found.item() == 2 * (2 + 2)


@given(quadruples, betas)
@settings(deadline=None)
def test_without_its_constant_each_is_dpo(rows: list[list[float]], beta: float) -> None:
    four, want = columns(rows), losses.dpo(*columns(rows), beta=beta)
    lengths = {"chosen_lengths": tensor(3), "rejected_lengths": tensor(3)}
    same = [
        losses.cdpo(*four, beta=beta, label_smoothing=0.0),
        losses.robust(*four, beta=beta, label_smoothing=0.0),
        losses.dpop(*four, beta=beta, lam=0.0),
        losses.rdpo(*four, beta=beta, alpha=0.0, **lengths),
        losses.rdpo(*four, beta=beta, alpha=0.7, **lengths),
        losses.sigmoid_norm(*four, beta=3 * beta, **lengths),
        losses.f_dpo(*four, beta=beta),
        losses.f_dpo(
            *four,
            beta=beta,
            score=functools.partial(losses.alpha_divergence, alpha=1.0),
        ),
    ]
    for loss in same:
        torch.testing.assert_close(loss, want, rtol=1e-9, atol=1e-11)


@given(st.lists(st.floats(-20, 20), min_size=1, max_size=5))
@settings(deadline=None)
def test_the_alpha_divergence_has_both_kl_at_its_ends(ratios: list[float]) -> None:
    d = tensor(*ratios)
    forward = losses.alpha_divergence(d, 0.0)
    torch.testing.assert_close(forward, losses.forward_kl(d), rtol=1e-12, atol=1e-12)
    near = losses.alpha_divergence(d, 1 + 1e-5)
    torch.testing.assert_close(near, losses.reverse_kl(d), rtol=1e-2, atol=1e-3)


def test_every_score_is_0_at_the_reference_and_rises_with_slope_alike() -> None:
    """u f''(u) by d; 1 at u = 1 for the KLs and alpha, ½ for Jensen and Shannon."""
    for score, slope in (
        (losses.reverse_kl, 1),
        (losses.forward_kl, 1),
        (HALF, 1),
        (losses.jensen_shannon, 0.5),
    ):
        at = tensor(0.0).requires_grad_()
        (found,) = torch.autograd.grad(score(at), at)
        assert score(at).item() == pytest.approx(0, abs=1e-15)
        assert found.item() == pytest.approx(slope)


def test_ipo_is_nothing_at_its_target_and_a_square_around_it() -> None:
    zero = tensor(0.0)
    for beta in (0.02, 0.1, 3.0):
        target = losses.ipo_target(tensor(beta))
        for away in (0.0, 1.5, -1.5):
            loss = losses.ipo(target + away, zero, zero, zero, beta=beta)
            assert loss.item() == pytest.approx(away**2, abs=1e-9)


@pytest.mark.parametrize("epsilon", [0.1, 0.3, 0.45])
def test_cdpo_and_exo_have_no_slope_at_their_target(epsilon: float) -> None:
    beta, zero = 0.5, tensor(0.0)
    for loss in (losses.cdpo, losses.exo_pair):
        chosen = (losses.cdpo_target(tensor(epsilon)) / beta).requires_grad_()
        found = loss(chosen, zero, zero, zero, beta=beta, label_smoothing=epsilon)
        (slope,) = torch.autograd.grad(found, chosen)
        assert slope.item() == pytest.approx(0, abs=1e-7)


def test_exo_has_no_label_without_doubt() -> None:
    for epsilon in (0.0, 1.0):
        with pytest.raises(ValueError, match="between 0 and 1"):
            losses.exo_pair(*PAIRS, beta=0.5, label_smoothing=epsilon)


@given(st.floats(-8, 8), st.floats(0.0, 0.45))
@settings(deadline=None)
def test_robust_is_right_on_average_over_wrong_labels(h: float, e: float) -> None:
    zero, settings_ = tensor(0.0), {"beta": 1.0, "label_smoothing": e}
    kept = losses.robust(tensor(h), zero, zero, zero, **settings_)
    turned = losses.robust(tensor(-h), zero, zero, zero, **settings_)
    right = losses.dpo(tensor(h), zero, zero, zero, beta=1.0)
    mean = (1 - e) * kept + e * turned
    assert mean.item() == pytest.approx(right.item(), rel=1e-9, abs=1e-9)


def test_dpop_pulls_a_fallen_chosen_answer_harder() -> None:
    zero, beta, lam = tensor(0.0), 0.7, 3.0
    for away, factor in ((-0.5, 1 + lam), (0.5, 1.0)):
        chosen = tensor(away).requires_grad_()
        loss = losses.dpop(chosen, zero, zero, zero, beta=beta, lam=lam)
        (slope,) = torch.autograd.grad(loss, chosen)
        weight = 1 / (1 + math.exp(beta * factor * away))
        assert slope.item() == pytest.approx(-beta * factor * weight)


def test_a_longer_chosen_answer_teaches_less() -> None:
    zero, slopes = tensor(0.0), []
    for length in (10, 30, 50):
        chosen = tensor(0.0).requires_grad_()
        lengths = {
            "chosen_lengths": torch.tensor([length]),
            "rejected_lengths": torch.tensor([30]),
        }
        four = chosen, zero, zero, zero
        loss = losses.rdpo(*four, beta=0.5, alpha=0.05, **lengths)
        slopes.append(-torch.autograd.grad(loss, chosen)[0].item())
    assert slopes == pytest.approx([0.5 / (1 + math.exp(x)) for x in (-1, 0, 1)])


def test_nca_stops_the_chosen_answer_at_ln_2() -> None:
    zero = tensor(0.0)
    chosen = tensor(math.log(2) / 0.5).requires_grad_()
    loss = losses.nca_pair(chosen, zero, zero, zero, beta=0.5)
    (slope,) = torch.autograd.grad(loss, chosen)
    assert slope.item() == pytest.approx(0, abs=1e-12)


def test_apo_goes_where_its_name_says() -> None:
    """Slopes by (log π_w, log π_l): zero: up, down; down: both down."""
    for loss, signs in ((losses.apo_zero, (-1, 1)), (losses.apo_down, (1, 1))):
        policy = [tensor(-1.0).requires_grad_(), tensor(-3.0).requires_grad_()]
        found = loss(*policy, tensor(-3.0), tensor(-3.0), beta=1.0)
        slopes = torch.autograd.grad(found, policy)
        assert [math.copysign(1, s.item()) for s in slopes] == list(signs)


def test_aot_does_not_ask_which_pair_a_log_ratio_came_from() -> None:
    pc, pr, rc, rr = PAIRS
    other = torch.tensor([2, 0, 1])
    plain = losses.aot(*PAIRS, beta=0.5)
    assert torch.equal(plain, losses.aot(pc[other], pr[other], rc, rr, beta=0.5))
    plain = losses.aot_unpaired(*PAIRS, beta=0.5)
    moved = losses.aot_unpaired(pc[other], pr, rc[other], rr, beta=0.5)
    assert torch.equal(plain, moved)
    assert plain.tolist() != losses.dpo(*PAIRS, beta=0.5).tolist()


def test_simpo_is_ln_2_where_the_rewards_differ_by_gamma() -> None:
    lengths = torch.tensor([4]), torch.tensor([5])
    loss = losses.simpo(tensor(4 * -0.2), tensor(5 * -0.5), *lengths, 2.0, 0.6)
    assert loss.item() == pytest.approx(math.log(2))


@given(st.lists(st.floats(-5, -0.01), min_size=2, max_size=2), st.floats(0.01, 3))
@settings(deadline=None)
def test_orpo_as_it_is_written(means: list[float], lam: float) -> None:
    odds = [math.exp(x) / (1 - math.exp(x)) for x in means]
    want = -means[0] + lam * math.log1p(odds[1] / odds[0])
    got = losses.orpo(tensor(means[0]), tensor(means[1]), lam)
    assert got.item() == pytest.approx(want, rel=1e-9)


def test_log_odds_keep_their_digits_close_to_certainty() -> None:
    x = torch.tensor([-1e-6], dtype=torch.float32)
    assert losses.log_odds(x).item() == pytest.approx(math.log(1e6), rel=1e-6)


def test_kto_weighs_each_kind_and_its_baseline_is_a_constant() -> None:
    policy, ref = tensor(1.0, 1.0, -2.0).requires_grad_(), tensor(0.0, 0.0, 0.0)
    desirable = torch.tensor([True, False, False])
    kl_policy = tensor(0.5, 1.5).requires_grad_()
    loss = losses.kto(policy, ref, desirable, kl_policy, tensor(0, 0), 1.0, 2.0, 3.0)
    settled = 1 / (1 + math.exp(3.0))
    assert loss.tolist() == pytest.approx([2 * 0.5, 3 * 0.5, 3 * settled])
    found = torch.autograd.grad(loss.sum(), (policy, kl_policy), allow_unused=True)
    slope = 3 * settled * (1 - settled)
    assert found[0].tolist() == pytest.approx([-0.5, 0.75, slope])
    assert found[1] is None


def test_a_negative_kl_estimate_is_cut_off() -> None:
    one, zero, good = tensor(0.4), tensor(0.0), torch.tensor([True])
    found = [
        losses.kto(one, zero, good, kl, zero, 1.0, 1.0, 1.0).item()
        for kl in (tensor(-5.0), tensor(0.0))
    ]
    assert found[0] == found[1]


# --- sums and weights ----------------------------------------------------------------


def test_the_tail_of_the_longer_answer_counts_less() -> None:
    logps = tensor(-1, -2, -4, -8, -16).repeat(2, 1)
    mask = torch.tensor([[0, 1, 1, 1, 0], [0, 1, 1, 1, 1]]).bool()
    shared = torch.tensor([3, 3])
    for alpha, second in ((0.0, -14), (0.5, -22), (1.0, -30)):
        found = losses.ld_alpha(logps, mask, shared, alpha)
        assert found.tolist() == [-14, second]


def test_what_is_masked_out_of_it_may_be_anything() -> None:
    logps, mask = tensor(math.nan, -2.0)[None], torch.tensor([[False, True]])
    assert losses.ld_alpha(logps, mask, torch.tensor([1]), 0.5).tolist() == [-2]


def test_an_answer_weighs_1_where_every_word_is_as_likely() -> None:
    """exp of the mean of log p − log Σ p²: 1 for uniform p; by hand for another one."""
    ids, mask = torch.tensor([[0, 1, 0]]), torch.tensor([[False, True, True]])
    flat = torch.zeros(1, 3, 2, dtype=torch.float64)
    assert losses.wpo_weights(flat, ids, mask).tolist() == pytest.approx([1])
    skew = tensor(0.75, 0.25).log().expand(1, 3, 2)
    squares = 0.75**2 + 0.25**2
    want = math.sqrt(0.25 / squares * 0.75 / squares)
    assert losses.wpo_weights(skew, ids, mask).tolist() == pytest.approx([want])


def test_the_weight_is_a_constant_in_float32_at_least_and_1_without_tokens() -> None:
    logits = torch.randn(2, 4, 5, generator=torch.Generator().manual_seed(0))
    ids = torch.ones(2, 4, dtype=torch.int64)
    mask = torch.tensor([[0, 1, 1, 1], [0, 0, 0, 0]]).bool()
    found = losses.wpo_weights(logits.bfloat16().requires_grad_(), ids, mask)
    assert found.dtype == torch.float32 and not found.requires_grad
    assert found[1].item() == 1
    scores = torch.log_softmax(logits.bfloat16().float(), -1)[:1, :3]
    aligned = token_logprobs(logits.bfloat16(), ids)[0] - scores[0].mul(2).logsumexp(-1)
    assert found[0].item() == pytest.approx(aligned.mean().exp().item(), rel=1e-5)
