"""The logarithm in Rafailov et al. 2023, equation 7, as floating point can bear it."""

import numpy as np
import torch


def log_sigmoid(x: torch.Tensor) -> torch.Tensor:
    """−log(e⁰ + e⁻ˣ) without overflow, for the log σ of Rafailov et al. 2023, Eq. 7."""
    return -torch.logaddexp(torch.zeros_like(x), -x)


def cases(rng):
    """Several shapes, exactly 0, and up to ±10,000, also in float32."""
    yield "5 numbers from −6 to 6", {"x": rng.uniform(-6.0, 6.0, 5)}
    yield "a table of 2 × 3", {"x": rng.normal(0.0, 3.0, (2, 3))}
    yield "a single number, 0-d", {"x": np.array(rng.uniform(-3.0, 3.0))}
    yield "x = 0 among others", {"x": np.array([0.0, rng.uniform(0.5, 2.0), 0.0])}
    yield "20 to 60, both signs", {"x": signed(rng, 20.0, 60.0, 8)}
    yield "800 to 10,000, both signs", {"x": edges(rng)}
    single = np.concatenate([edges(rng), signed(rng, 0.5, 8.0, 4)])
    yield "float32, up to 10,000", {"x": single.astype(np.float32)}


def signed(rng, low, high, count):
    """Numbers of these sizes, every other one negative."""
    return rng.uniform(low, high, count) * np.resize([-1.0, 1.0], count)


def edges(rng):
    """Large numbers of both signs, and ±10,000 itself."""
    return np.concatenate([signed(rng, 800.0, 10_000.0, 4), [-10_000.0, 10_000.0]])
