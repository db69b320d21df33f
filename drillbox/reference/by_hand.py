"""What the exercises ask for in numpy: the loss's gradient, and which way a step goes.

Rafailov et al. 2023, arXiv:2305.18290, section 4. No torch: their workers have none.
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def dpo_gradient(
    policy_chosen: Floats,
    policy_rejected: Floats,
    ref_chosen: Floats,
    ref_rejected: Floats,
    beta: float,
) -> tuple[Floats, Floats]:
    """(∂L/∂log π_w, ∂L/∂log π_l) of the *mean* DPO loss L: (B,) four times to two (B,).

    log-probs in nats. The rejected answer's share of the pair, a softmax over the two
    implicit rewards, is the weight of section 4: σ(r̂_l − r̂_w). Finite at every margin.
    """
    rewards = beta * np.stack(
        (policy_chosen - ref_chosen, policy_rejected - ref_rejected)
    )
    shares = np.exp(rewards - rewards.max(axis=0))
    pull = beta * (shares[1] / shares.sum(axis=0)) / rewards.shape[1]
    return -pull, pull


def predict_directions(
    gram: Floats, margin: Floats, beta: float, lr: float, flat: float
) -> NDArray[np.int64]:
    """Signs of Δ log π(chosen) and Δ log π(rejected), (P, 2); 0 where |Δ| < flat nats.

    One SGD step of size lr on each pair alone, to first order (section 4):
    Δθ = lr β σ(−m)(g_w − g_l). gram: (P, 2, 2), the dot products of g_w and g_l.
    margin: (P,), m = r̂_w − r̂_l. σ(−m) is written as (1 − tanh(m/2))/2.
    """
    weight = 0.5 - 0.5 * np.tanh(0.5 * margin)
    change = gram @ np.array([lr * beta, -lr * beta]) * weight[:, None]
    rises, falls = (np.asarray(w, np.int64) for w in (change >= flat, change <= -flat))
    return rises - falls
