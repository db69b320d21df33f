"""What training must hold: bytes for weights, gradients and optimizer.

Rajbhandari et al. 2020 (ZeRO), arXiv:1910.02054, section 3.1. No activations and no
cache of a sampler; those depend on the batch.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, TypeVar

import torch
from torch import Tensor, nn

Number = TypeVar("Number", int, Tensor)
Precision = Literal["bf16", "fp32"]
# Bytes a parameter: that learns, that is frozen. Both kinds that learn have 16: fp32
# weight, gradient and Adam's two moments; or bf16 weight and gradient, fp32 weight and
# the two moments.
BYTES: dict[Precision, tuple[int, int]] = {"bf16": (16, 2), "fp32": (16, 4)}
MODELS = {"ppo": (2, 2), "dpo": (1, 1)}  # that learn, that are frozen


def model_bytes(
    trained: Number, frozen: Number, n_params: Number, precision: Precision = "bf16"
) -> Number:
    """Bytes for so many trained and frozen models of n_params parameters each."""
    learning, still = BYTES[precision]
    return (trained * learning + frozen * still) * n_params


def adamw_memory(trained: Tensor, frozen: Tensor, billions: Tensor) -> Tensor:
    """GB (10⁹ bytes) for so many models of `billions` parameters, mixed precision."""
    return model_bytes(trained, frozen, billions)


def memory_bytes(n_params: int, method: str, ref_cached: bool) -> int:
    """Bytes in mixed precision; all models of the method have n_params parameters.

    "ppo": policy and critic learn, reference and reward model are frozen. "dpo": the
    policy learns; the frozen reference is there unless its log-probs are cached. PPO
    scores new answers all the time, so there is no cache for it and the flag says
    nothing. ValueError for another method.
    """
    if method not in MODELS:
        raise ValueError(f"method is 'ppo' or 'dpo', not {method!r}")
    trained, frozen = MODELS[method]
    if method == "dpo" and ref_cached:
        frozen = 0
    return model_bytes(trained, frozen, n_params)


@dataclass(frozen=True, slots=True)
class Held:
    """Bytes that are really there, of one model: each storage counted once."""

    weights: int
    gradients: int
    optimizer: int

    @property
    def total(self) -> int:
        """All three."""
        return self.weights + self.gradients + self.optimizer


def held(model: nn.Module, optimizer: torch.optim.Optimizer | None = None) -> Held:
    """What a model holds, with its gradients and its part of the optimizer's state.

    Count after a step: gradients and state come with the first one.
    """
    parameters = list(model.parameters())
    gradients = [p.grad for p in parameters if p.grad is not None]
    states = [] if optimizer is None else [optimizer.state[p] for p in parameters]
    kept = (one for state in states for one in state.values())
    tensors = [one for one in kept if isinstance(one, Tensor)]
    weights = [*parameters, *model.buffers()]
    return Held(*(_bytes(group) for group in (weights, gradients, tensors)))


def _bytes(tensors: Iterable[Tensor]) -> int:
    storages = [tensor.untyped_storage() for tensor in tensors]
    return sum({one.data_ptr(): one.nbytes() for one in storages}.values())
