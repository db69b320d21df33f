"""What PPO makes of a batch of written answers: rewards, advantages, the loss.

Schulman et al. 2016, arXiv:1506.02438 (advantages); Schulman et al. 2017,
arXiv:1707.06347 (the clip); Ouyang et al. 2022, arXiv:2203.02155 (the KL penalty in the
reward). Arrays are (B, T): rows are answers, columns tokens; mask is True on completion
tokens, and what stands under False never counts.
"""

import torch
from torch import Tensor


def kl_shaped_reward(
    scores: Tensor,
    policy_logps: Tensor,
    ref_logps: Tensor,
    mask: Tensor,
    kl_coef: float,
) -> Tensor:
    """The reward of every token, (B, T); scores (B,), log-probs of tokens in nats.

    −kl_coef (log π − log ref) on the mask, with the score of the answer on top at the
    last True of its row; 0 elsewhere, and in a row without a True (Ouyang 2022, Eq. 2,
    token by token).
    """
    left = mask.long().flip(-1).cumsum(-1).flip(-1)
    last = mask & (left == 1)
    penalty = kl_coef * (ref_logps - policy_logps)
    return penalty.masked_fill(~mask, 0.0) + scores[:, None] * last


def gae(
    rewards: Tensor, values: Tensor, mask: Tensor, gamma: float, lam: float
) -> tuple[Tensor, Tensor]:
    """(advantages, returns), each (B, T), 0 outside the mask (2016, Eq. 16).

    mask: one block of True a row. A_t = Σ_k (γλ)^k δ_{t+k} within it, with
    δ_t = r_t + γ V_{t+1} − V_t and the value after the block 0. Returns are A + V.
    No whitening.
    """
    rewards, values = rewards.masked_fill(~mask, 0.0), values.masked_fill(~mask, 0.0)
    following = torch.nn.functional.pad(values[:, 1:], (0, 1))
    deltas = rewards + gamma * following - values
    place = torch.arange(rewards.shape[1], device=rewards.device)
    ahead = place[:, None] - place
    decay = torch.tensor(gamma * lam, dtype=rewards.dtype, device=rewards.device)
    weights = torch.where(ahead >= 0, decay ** ahead.clamp(min=0), 0.0)
    advantages = (deltas.masked_fill(~mask, 0.0) @ weights).masked_fill(~mask, 0.0)
    return advantages, advantages + values


def ppo_clip_loss(
    logps: Tensor,
    old_logps: Tensor,
    advantages: Tensor,
    mask: Tensor,
    clip: float,
) -> Tensor:
    """−min(ρA, clip(ρ, 1 − clip, 1 + clip)A), its mean over all True tokens; 0-d.

    ρ = π/π_old, log-probs of tokens in nats, all (B, T) (2017, Eq. 7). The minimum of
    both products is that of ρA and the bound A + clip |A|. π_old and A count as
    constants. No whitening. NaN if the mask has no True.
    """
    fixed = advantages.detach()
    gained = torch.exp(logps - old_logps.detach()) * fixed
    bound = fixed + clip * fixed.abs()
    return -torch.minimum(gained, bound)[mask].mean()
