"""Losses that see a pair's margin m = β h and nothing else of it.

Rafailov et al. 2023, arXiv:2305.18290, Eq. 7, and what differs from it by the curve
over m. All are unchanged by a constant added to both log-probs of a prompt.
"""

import math

import torch
from torch import Tensor

from drillbox.reference.preferences import log_sigmoid

Number = Tensor | float


def log_ratio_gap(
    policy_chosen: Tensor,
    policy_rejected: Tensor,
    ref_chosen: Tensor,
    ref_rejected: Tensor,
) -> Tensor:
    """h = (log π_w − log ref_w) − (log π_l − log ref_l), nats: four of (B,) to (B,)."""
    return (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)


def margin(
    policy_chosen: Tensor,
    policy_rejected: Tensor,
    ref_chosen: Tensor,
    ref_rejected: Tensor,
    beta: Number,
) -> Tensor:
    """m = β h = r̂_w − r̂_l, one for each pair: (B,) four times to (B,)."""
    return beta * log_ratio_gap(
        policy_chosen, policy_rejected, ref_chosen, ref_rejected
    )


def pair_losses(margins: Tensor) -> Tensor:
    """−log σ(m) for each margin, any shape (Eq. 7 before the mean). ln 2 at m = 0."""
    return -log_sigmoid(margins)


def dpo(
    policy_chosen: Tensor,
    policy_rejected: Tensor,
    ref_chosen: Tensor,
    ref_rejected: Tensor,
    *,
    beta: Number,
) -> Tensor:
    """−log σ(β h): (B,) four times to (B,) (Rafailov et al. 2023, Eq. 7).

    In TRL `sigmoid`, which in 1.16 ignores `label_smoothing`; see `cdpo`.
    """
    return pair_losses(
        margin(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta)
    )


def dpo_loss(
    policy_chosen: Tensor,
    policy_rejected: Tensor,
    ref_chosen: Tensor,
    ref_rejected: Tensor,
    beta: Number,
) -> Tensor:
    """Eq. 7 itself, the mean of `dpo` over the batch: (B,) four times to 0-d."""
    four = policy_chosen, policy_rejected, ref_chosen, ref_rejected
    return dpo(*four, beta=beta).mean()


def hinge(
    policy_chosen: Tensor,
    policy_rejected: Tensor,
    ref_chosen: Tensor,
    ref_rejected: Tensor,
    *,
    beta: Number,
) -> Tensor:
    """max(0, 1 − β h): (B,) four times to (B,); no slope once the margin is 1.

    Liu et al. 2024 (RSO), arXiv:2309.06657, which normalises SLiC (Zhao et al. 2023,
    arXiv:2305.10425) by the reference. In TRL `hinge`.
    """
    m = margin(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta)
    return torch.relu(1 - m)


def ipo(
    policy_chosen: Tensor,
    policy_rejected: Tensor,
    ref_chosen: Tensor,
    ref_rejected: Tensor,
    *,
    beta: Number,
) -> Tensor:
    """(h − 1/(2β))², nats²: (B,) four times to (B,); β is the τ of the paper.

    Azar et al. 2023, arXiv:2310.12036, Eq. 17, on summed log-probs, as printed there.
    TRL's `ipo` divides each log-ratio by its length: that is `ipo_normalised`.
    """
    h = log_ratio_gap(policy_chosen, policy_rejected, ref_chosen, ref_rejected)
    return (h - 1 / (2 * beta)) ** 2


def cdpo(
    policy_chosen: Tensor,
    policy_rejected: Tensor,
    ref_chosen: Tensor,
    ref_rejected: Tensor,
    *,
    beta: Number,
    label_smoothing: Number,
) -> Tensor:
    """−(1 − ε) log σ(m) − ε log σ(−m): (B,) four times to (B,).

    Mitchell 2023, "A note on DPO with noisy preferences & relationship to IPO". ε =
    label_smoothing in [0, ½) is the probability of a wrong label; the loss is least at
    the finite margin of `cdpo_target`. Not in TRL 1.16: `sigmoid` with
    `label_smoothing` was this loss in the 0.x releases and is plain DPO now.
    """
    m = margin(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta)
    return smoothed(m, label_smoothing)


def robust(
    policy_chosen: Tensor,
    policy_rejected: Tensor,
    ref_chosen: Tensor,
    ref_rejected: Tensor,
    *,
    beta: Number,
    label_smoothing: Number,
) -> Tensor:
    """(−(1 − ε) log σ(m) + ε log σ(−m)) / (1 − 2ε): (B,) four times to (B,).

    Chowdhury et al. 2024, arXiv:2403.00409. Averaged over labels that are wrong with
    probability ε in [0, ½) it is the DPO loss of the right labels; for that it goes
    below 0 without bound. In TRL `robust`.
    """
    m = margin(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta)
    kept, turned = (1 - label_smoothing) * pair_losses(m), pair_losses(-m)
    return (kept - label_smoothing * turned) / (1 - 2 * label_smoothing)


def exo_pair(
    policy_chosen: Tensor,
    policy_rejected: Tensor,
    ref_chosen: Tensor,
    ref_rejected: Tensor,
    *,
    beta: Number,
    label_smoothing: float,
) -> Tensor:
    """KL(σ(m), σ(−m) ‖ 1 − ε, ε): (B,) four times to (B,); 0 < ε < 1.

    Ji et al. 2024 (EXO), arXiv:2402.00856, Eq. 16: the reverse KL of the policy's
    preference from the smoothed label, where cDPO has the forward one. In TRL
    `exo_pair`. Raises ValueError for an ε at which a logarithm is infinite.
    """
    if not 0 < label_smoothing < 1:
        raise ValueError(f"label_smoothing is between 0 and 1, not {label_smoothing}")
    m = margin(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta)
    right, wrong = log_sigmoid(m), log_sigmoid(-m)
    kept = right.exp() * (right - math.log1p(-label_smoothing))
    return kept + wrong.exp() * (wrong - math.log(label_smoothing))


def discopop(
    policy_chosen: Tensor,
    policy_rejected: Tensor,
    ref_chosen: Tensor,
    ref_rejected: Tensor,
    *,
    beta: Number,
    tau: Number = 0.05,
) -> Tensor:
    """−(1 − q) log σ(m) + q exp(−m), q = σ(m/τ): (B,) four times to (B,).

    Lu et al. 2024, arXiv:2406.08414: a curve that a language model wrote; τ < 1. Not
    convex. The second term is exp(log q − m), so that it ends for m → −∞, where
    exp(−m) alone overflows. In TRL `discopop`.
    """
    m = margin(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta)
    share = log_sigmoid(m / tau)
    return pair_losses(m) * (1 - share.exp()) + torch.exp(share - m)


def smoothed(margins: Tensor, label_smoothing: Number) -> Tensor:
    """The cross-entropy of labels that are wrong with probability ε, any shape."""
    kept = (1 - label_smoothing) * pair_losses(margins)
    return kept + label_smoothing * pair_losses(-margins)


def ipo_target(beta: Tensor) -> Tensor:
    """The gap h at which IPO's squared loss is 0, nats: 1/(2β) (Azar 2023, Eq. 17)."""
    return 1 / (2 * beta)


def cdpo_target(label_smoothing: Tensor) -> Tensor:
    """The margin β h at which cDPO's loss is least: ln((1 − ε)/ε) (Mitchell 2023).

    For a pair that always has one label. If the true preference is p, the labels say so
    and ε is added to that, it is logit(p(1 − ε) + (1 − p)ε).
    """
    return torch.logit(1 - label_smoothing)
