"""Rafailov et al. 2023, section 4, and a Taylor expansion of first order."""

import numpy as np


def predict_step(
    gram: np.ndarray, margin: np.ndarray, beta: float, lr: float
) -> tuple[np.ndarray, np.ndarray]:
    """g_w · Δθ and g_l · Δθ for Δθ = lr β σ(−m)(g_w − g_l) (Rafailov 2023, §4)."""
    ww, wl, ll = gram[:, 0, 0], gram[:, 0, 1], gram[:, 1, 1]
    size = lr * beta * np.exp(-np.logaddexp(0.0, margin))
    return size * (ww - wl), size * (wl - ll)


# Norms of g_w and g_l, and the cosine between them
APART = ((20.0, 24.0), (20.0, 24.0), (-0.2, 0.6))  # up, down
BOTH_DOWN = ((18.0, 22.0), (45.0, 55.0), (0.70, 0.85))
BOTH_UP = ((45.0, 55.0), (18.0, 22.0), (0.70, 0.85))
KINDS = (APART, BOTH_DOWN, BOTH_UP)


def cases(rng):
    """All three outcomes; margins of 0, of 8, of ±1000."""
    yield "1 pair, β = 0.5", pairs(rng, rng.uniform(-1.0, 1.0, 1), 0.5, 1e-4)
    yield "3 pairs at margin 0, β = 0.1", pairs(rng, np.zeros(3), 0.1, 1e-3)
    yield "8 pairs, β = 2", pairs(rng, rng.uniform(-4.0, 4.0, 8), 2.0, 2e-5)
    yield "5 learnt pairs, β = 0.3", pairs(rng, rng.uniform(6.0, 10.0, 5), 0.3, 1e-4)
    yield "margins of ±1000", pairs(rng, np.array([1e3, -1e3, -1e3, 1e3]), 0.5, 1e-4)


def pairs(rng, margin, beta, lr):
    """One set: the arguments of a case, the kinds of pair in turn."""
    first = int(rng.integers(3))
    gram = np.array([matrix(rng, KINDS[(first + k) % 3]) for k in range(len(margin))])
    return {"gram": gram, "margin": margin, "beta": beta, "lr": lr}


def matrix(rng, kind):
    """The dot products of two gradients of such a kind."""
    w, one, cosine = (float(rng.uniform(*ends)) for ends in kind)
    return [[w * w, w * one * cosine], [w * one * cosine, one * one]]
