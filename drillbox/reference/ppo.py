"""What PPO needs and DPO does without: the clip, the advantages, the memory.

Schulman et al. 2017, "Proximal policy optimization algorithms", arXiv:1707.06347;
Schulman et al. 2016, "High-dimensional continuous control using generalized advantage
estimation", arXiv:1506.02438.
"""

import torch
from torch import Tensor

TRAINED_BYTES = 16  # bf16 weight and gradient; fp32 weight and Adam's two moments
FROZEN_BYTES = 2
MODELS = {"ppo": (2, 2), "dpo": (1, 1)}  # that learn, that are frozen


def clip_loss(logp: Tensor, old_logp: Tensor, advantage: Tensor, eps: Tensor) -> Tensor:
    """−min(ρA, clip(ρ, 1 − ε, 1 + ε)A), ρ = π/π_old; any shape (2017, Eq. 7).

    π_old is the policy that sampled, not the reference. Log-probs in nats.
    """
    ratio = torch.exp(logp - old_logp)
    clipped = torch.minimum(torch.maximum(ratio, 1 - eps), 1 + eps)
    return -torch.minimum(ratio * advantage, clipped * advantage)


def gae(rewards: Tensor, values: Tensor, gamma: Tensor, lam: Tensor) -> Tensor:
    """Advantages A_t = Σ_k (γλ)^k δ_{t+k}: (…, T) and (…, T) to (…, T) (2016, Eq. 16).

    δ_t = r_t + γ V_{t+1} − V_t, and nothing after the last step: V_{T+1} = 0.
    gamma and lam broadcast to (…).
    """
    following = torch.zeros_like(values[..., 0])
    running = torch.zeros_like(following)
    advantages = []
    for t in reversed(range(rewards.shape[-1])):
        delta = rewards[..., t] + gamma * following - values[..., t]
        running = delta + gamma * lam * running
        following = values[..., t]
        advantages.append(running)
    return torch.stack(advantages[::-1], -1)


def adamw_memory(trained: Tensor, frozen: Tensor, billions: Tensor) -> Tensor:
    """GB for so many trained and frozen models of `billions` parameters each.

    Parameters, gradients and optimizer under mixed precision; no activations.
    """
    return (TRAINED_BYTES * trained + FROZEN_BYTES * frozen) * billions


def memory_bytes(n_params: int, method: str, ref_cached: bool) -> int:
    """Bytes for weights, gradients and optimizer; all models have n_params parameters.

    "ppo": policy and critic learn, reference and reward model are frozen. "dpo": the
    policy learns; the frozen reference is there unless its log-probs are cached. PPO
    scores new answers all the time, so there is no cache for it and the flag says
    nothing. 16 bytes for a parameter that learns under mixed-precision Adam
    (Rajbhandari et al. 2020, arXiv:1910.02054, §3.1), 2 for a frozen one. ValueError
    for another method.
    """
    if method not in MODELS:
        raise ValueError(f"method is 'ppo' or 'dpo', not {method!r}")
    trained, frozen = MODELS[method]
    if method == "dpo" and ref_cached:
        frozen = 0
    return n_params * (TRAINED_BYTES * trained + FROZEN_BYTES * frozen)
