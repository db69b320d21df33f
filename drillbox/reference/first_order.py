"""One SGD step on a pair, to first order, in numpy.

Rafailov et al. 2023, arXiv:2305.18290, section 4: the loss of a pair has the gradient
−β σ(−m)(g_w − g_l), with g_w = ∇ log π(chosen), g_l = ∇ log π(rejected), m the margin.
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def predict_step(
    gram: Floats, margin: Floats, beta: float, lr: float
) -> tuple[Floats, Floats]:
    """(Δ log π(chosen), Δ log π(rejected)), nats, each (P,); every pair by itself.

    gram: (P, 2, 2), [[g_w·g_w, g_w·g_l], [g_l·g_w, g_l·g_l]]. margin: (P,), r̂_w − r̂_l.
    The step moves the parameters by lr β σ(−m)(g_w − g_l); its dot products with g_w
    and g_l are lr β σ(−m)(ww − wl) and lr β σ(−m)(wl − ll).
    """
    size = lr * beta * np.exp(-np.logaddexp(0.0, margin))
    change = size[:, None] * (gram @ np.array([1.0, -1.0]))
    return change[:, 0], change[:, 1]
