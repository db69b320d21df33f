"""The gradient of the DPO loss, and what one step along it does to both log-probs.

Rafailov et al. 2023, arXiv:2305.18290, section 4: the loss of a pair has the gradient
−β σ(−m)(g_w − g_l), with g_w = ∇ log π_w and g_l = ∇ log π_l by the parameters and m
the margin r̂_w − r̂_l. In log-probs the two sides are pushed apart with the same force;
parameters are shared, so there both may go the same way.

`dpo_gradient`, `predict_step` and `predict_directions` take and give numpy, as their
exercises ask.
"""

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from drillbox.reference import losses
from drillbox.reference.losses import Number

Floats = NDArray[np.float64]


def weight(margins: Tensor) -> Tensor:
    """σ(−m) = σ(r̂_l − r̂_w), any shape: how wrong the policy still is (§4).

    ½ wherever the policy equals the reference; 0 once the pair is learnt.
    """
    return torch.sigmoid(-margins)


def gradient_weight(
    policy_chosen: Tensor,
    policy_rejected: Tensor,
    ref_chosen: Tensor,
    ref_rejected: Tensor,
    beta: float,
) -> Tensor:
    """The weight of each pair from its log-probs, nats: (B,) four times to (B,).

    Without β and without the 1/B of a mean.
    """
    four = policy_chosen, policy_rejected, ref_chosen, ref_rejected
    return weight(losses.margin(*four, beta))


def closed_form(margins: Tensor, beta: Number) -> tuple[Tensor, Tensor]:
    """∂L/∂log π_w and ∂L/∂log π_l of the *mean* loss: (B,) to two of (B,).

    Equal and opposite: ∓β σ(−m)/B (§4).
    """
    pull = beta * weight(margins) / margins.numel()
    return -pull, pull


def dpo_gradient(
    policy_chosen: Floats,
    policy_rejected: Floats,
    ref_chosen: Floats,
    ref_rejected: Floats,
    beta: float,
) -> tuple[Floats, Floats]:
    """`closed_form` from the log-probs, nats: (B,) four times to two of (B,)."""
    four = policy_chosen, policy_rejected, ref_chosen, ref_rejected
    pc, pr, rc, rr = map(torch.as_tensor, four)
    margins = losses.margin(pc, pr, rc, rr, beta)
    chosen, rejected = closed_form(margins, beta)
    return chosen.numpy(), rejected.numpy()


def first_order(gram: Tensor, margins: Tensor, beta: Number, lr: Number) -> Tensor:
    """(Δ log π_w, Δ log π_l) of one SGD step on each pair alone: (P, 2, 2) to (P, 2).

    gram: the dot products of g_w and g_l. The step moves the parameters by
    lr β σ(−m)(g_w − g_l) (§4), so to first order, in nats,
    Δ log π_w = lr β σ(−m)(‖g_w‖² − g_w·g_l), Δ log π_l = lr β σ(−m)(g_w·g_l − ‖g_l‖²).
    Their difference is never negative; each of them alone may have either sign.
    """
    step = lr * beta * weight(margins)
    return step[..., None] * (gram[..., 0] - gram[..., 1])


def predict_step(
    gram: Floats, margin: Floats, beta: float, lr: float
) -> tuple[Floats, Floats]:
    """(Δ log π(chosen), Δ log π(rejected)) by `first_order`, nats, each (P,).

    gram: (P, 2, 2), [[g_w·g_w, g_w·g_l], [g_l·g_w, g_l·g_l]]; margin: (P,).
    """
    both = torch.as_tensor(gram), torch.as_tensor(margin)
    chosen, rejected = first_order(*both, beta, lr).numpy().T
    return np.ascontiguousarray(chosen), np.ascontiguousarray(rejected)


def predict_directions(
    gram: Floats, margin: Floats, beta: float, lr: float, flat: float
) -> NDArray[np.int64]:
    """Signs of the two changes of `predict_step`, (P, 2); 0 where |Δ| < flat nats."""
    change = np.stack(predict_step(gram, margin, beta, lr), axis=-1)
    return np.where(np.abs(change) < flat, 0, np.sign(change)).astype(np.int64)
