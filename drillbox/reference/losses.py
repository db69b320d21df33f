"""The DPO loss, its gradient, and one step of it to first order.

Rafailov et al. 2023, arXiv:2305.18290: equation 7 and section 4. Throughout
h = (log π_w − log ref_w) − (log π_l − log ref_l) is the gap in nats and m = β h the
margin r̂_w − r̂_l; π is the policy, ref the frozen reference, w chosen, l rejected.
"""

import torch
from torch import Tensor
from torch.nn.functional import logsigmoid

Number = Tensor | float


def margin(
    policy_chosen: Tensor,
    policy_rejected: Tensor,
    ref_chosen: Tensor,
    ref_rejected: Tensor,
    beta: Number,
) -> Tensor:
    """m = β h, one for each pair; summed log-probs in nats, each (B,), to (B,)."""
    return beta * ((policy_chosen - ref_chosen) - (policy_rejected - ref_rejected))


def pair_losses(margins: Tensor) -> Tensor:
    """−log σ(m) for each pair, any shape (Eq. 7 before the mean). ln 2 at m = 0."""
    return -logsigmoid(margins)


def dpo_loss(
    policy_chosen: Tensor,
    policy_rejected: Tensor,
    ref_chosen: Tensor,
    ref_rejected: Tensor,
    beta: Number,
) -> Tensor:
    """The mean of −log σ(β h) over the batch; (B,) four times to a scalar (Eq. 7).

    As −log P(chosen ≻ rejected) of Bradley and Terry (Eq. 6): log(exp r̂_w + exp r̂_l) −
    r̂_w with r̂ = β (log π − log ref). In the dtype of the inputs.
    """
    chosen = beta * (policy_chosen - ref_chosen)
    rejected = beta * (policy_rejected - ref_rejected)
    return (torch.logaddexp(chosen, rejected) - chosen).mean()


def gradient_weight(margins: Tensor) -> Tensor:
    """σ(−m) = σ(r̂_l − r̂_w), any shape: how wrong the policy still is (§4).

    ½ wherever the policy equals the reference; 0 once the pair is learnt.
    """
    return torch.sigmoid(-margins)


def dpo_gradient(margins: Tensor, beta: Number) -> tuple[Tensor, Tensor]:
    """∂L/∂log π_w and ∂L/∂log π_l of the *mean* loss: (B,) to two of (B,).

    Equal and opposite: ∓β σ(−m)/B (§4). In log-probs; parameters are shared, so there
    the two sides can pull the same way.
    """
    pull = beta * gradient_weight(margins) / margins.numel()
    return -pull, pull


def first_order(gram: Tensor, margins: Tensor, beta: Number, lr: Number) -> Tensor:
    """(Δ log π_w, Δ log π_l) of one SGD step on each pair alone: (P, 2, 2) to (P, 2).

    gram: the dot products of g_w = ∇ log π_w and g_l = ∇ log π_l. The step moves the
    parameters by lr β σ(−m)(g_w − g_l) (§4), so to first order, in nats,
    Δ log π_w = lr β σ(−m)(‖g_w‖² − g_w·g_l), Δ log π_l = lr β σ(−m)(g_w·g_l − ‖g_l‖²).
    Their difference is never negative; each of them alone may have either sign.
    """
    step = lr * beta * gradient_weight(margins)
    return step[..., None] * (gram[..., 0] - gram[..., 1])


def ipo_target(tau: Tensor) -> Tensor:
    """The gap h at which IPO's squared loss is 0: 1/(2τ) (Azar et al. 2023, Eq. 17)."""
    return 1 / (2 * tau)


def cdpo_target(epsilon: Tensor) -> Tensor:
    """The margin β h at which cDPO's loss is least: ln((1 − ε)/ε) (Mitchell 2023).

    For a pair that always has one label, flipped with probability ε.
    """
    return torch.logit(1 - epsilon)


def rdpo_loss(h: Tensor, beta: Number, alpha: Number, lw: Tensor, ll: Tensor) -> Tensor:
    """−log σ(β h + α(|y_w| − |y_l|)) for each pair, any shape.

    Park et al. 2024, arXiv:2403.19159: a reward of r − α|y| in Bradley and Terry. The
    plus lets a longer chosen answer count as explained, which lowers its pull.
    """
    return -logsigmoid(beta * h + alpha * (lw - ll))


def length_normalised_margin(
    dw: Tensor, lw: Tensor, dl: Tensor, ll: Tensor, beta: Number
) -> Tensor:
    """β (d_w/|y_w| − d_l/|y_l|), any shape; d is log π − log ref, |y| counts tokens."""
    return beta * (dw / lw - dl / ll)
