"""First order of one SGD step: Δθ = lr β σ(−m) (g_w − g_l)."""

import math

import numpy as np


def predict_directions(gram, margin, beta, lr, flat):
    """Signs of g_w · Δθ and g_l · Δθ with Δθ = lr β σ(−m) (g_w − g_l).

    Rafailov et al. 2023, section 4, to first order.
    """
    size = lr * beta * np.exp(-np.logaddexp(0.0, margin))  # lr β σ(−m)
    chosen = size * (gram[:, 0, 0] - gram[:, 0, 1])
    rejected = size * (gram[:, 1, 0] - gram[:, 1, 1])
    change = np.stack([chosen, rejected], axis=1)
    return np.where(np.abs(change) < flat, 0, np.sign(change)).astype(int)


def changes(gram, margin, beta, lr):
    """Δ log π(chosen) and Δ log π(rejected), (P, 2): how far a case is from flat."""
    weight = 1.0 / (1.0 + np.exp(margin))
    return (lr * beta * weight)[:, None] * (gram[:, :, 0] - gram[:, :, 1])


# Norms of g_w and g_l, the cosine between them, the margin: what a pair does
APART = ((20.0, 24.0), (20.0, 24.0), (-0.2, 0.6), (-0.5, 0.5))  # up, down
BOTH_DOWN = ((18.0, 22.0), (45.0, 55.0), (0.70, 0.85), (-0.5, 0.5))
BOTH_UP = ((45.0, 55.0), (18.0, 22.0), (0.70, 0.85), (-0.5, 0.5))
SATURATED = ((20.0, 55.0), (20.0, 55.0), (-0.2, 0.6), (7.0, 18.0))  # flat, flat
CROSSED = ((20.0, 24.0), (20.0, 24.0), (-0.2, 0.6), (-9.0, -4.0))  # weight near 1
NEAR = ((21.0, 22.0), (21.0, 22.0), (0.96, 0.99), (-0.5, 0.5))  # flat, flat
HALF = ((3.0, 5.0), (35.0, 45.0), (-0.2, 0.05), (-0.5, 0.5))  # flat, down
WEAK = ((7.3, 8.3), (7.3, 8.3), (-0.03, 0.03), (-0.2, 0.2))  # just flat
SLIGHT = ((10.0, 11.5), (10.0, 11.5), (-0.03, 0.03), (-0.2, 0.2))  # just up, down
OPPOSED = ((14.0, 17.0), (14.0, 17.0), (-0.95, -0.85), (-0.5, 0.5))  # up, down
TURNED = (BOTH_DOWN, BOTH_UP, CROSSED, OPPOSED)
KINDS = (APART, SATURATED, NEAR, HALF, WEAK, SLIGHT, *TURNED)


def cases(rng):
    """Three pairs as in the run; then sets of all kinds, other β and step sizes."""
    yield (
        "three pairs, β = 0.5",
        pairs(rng, (APART, BOTH_DOWN, SATURATED), beta=0.5, lr=1e-4),
    )
    for beta, lr in ((0.1, 5e-4), (2.0, 2e-5), (0.5, 1e-4)):
        order = [KINDS[k] for k in rng.permutation(len(KINDS) * 2) % len(KINDS)]
        yield f"{len(order)} pairs, β = {beta:g}", pairs(rng, order, beta=beta, lr=lr)
    yield "one pair, β = 0.3", pairs(rng, (BOTH_DOWN,), beta=0.3, lr=2e-4)


def pairs(rng, kinds, beta, lr):
    """One set: the arguments of a case."""
    flat = 40.0 * lr * beta
    drawn = [pair(rng, kind, beta, lr, flat) for kind in kinds]
    gram = np.array([one for one, _ in drawn])
    margin = np.array([one for _, one in drawn])
    return {"gram": gram, "margin": margin, "beta": beta, "lr": lr, "flat": flat}


def pair(rng, kind, beta, lr, flat):
    """A Gram matrix and a margin, drawn again while a change is within 6 % of flat."""
    low, high = zip(*kind, strict=True)
    while True:
        w, one, cosine, margin = rng.uniform(low, high).tolist()
        ww, wl, ll = w * w, w * one * cosine, one * one
        size = lr * beta / (1.0 + math.exp(margin))
        sizes = abs(size * (ww - wl)) / flat, abs(size * (wl - ll)) / flat
        if min(abs(change - 1.0) for change in sizes) > 0.06:
            return ((ww, wl), (wl, ll)), margin
