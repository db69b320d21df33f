"""What PPO makes of a batch of written answers: rewards, advantages, losses, steps.

Schulman et al. 2016, arXiv:1506.02438 (advantages); Schulman et al. 2017, "Proximal
policy optimization algorithms", arXiv:1707.06347 (the clip); Ouyang et al. 2022,
arXiv:2203.02155 (the KL penalty in the reward). Arrays are (B, T): rows are answers,
columns tokens; mask is True on completion tokens, and what stands under False never
counts. Log-probs of tokens are in nats.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import torch
from torch import Tensor

from drillbox.reference.logprobs import token_logprobs

Number = Tensor | float


def kl_shaped_reward(
    scores: Tensor,
    policy_logps: Tensor,
    ref_logps: Tensor,
    mask: Tensor,
    kl_coef: float,
) -> Tensor:
    """The reward of every token, (B, T); scores (B,), one for each answer.

    −kl_coef (log π − log ref) on the mask, with the score of the answer on top at the
    last True of its row; 0 elsewhere, and in a row without a True (Ouyang 2022, Eq. 2,
    token by token).
    """
    left = mask.long().flip(-1).cumsum(-1).flip(-1)
    last = mask & (left == 1)
    penalty = kl_coef * (ref_logps - policy_logps)
    return penalty.masked_fill(~mask, 0.0) + scores[:, None] * last


def gae(
    rewards: Tensor, values: Tensor, mask: Tensor, gamma: Number, lam: Number
) -> tuple[Tensor, Tensor]:
    """(advantages, returns), each (B, T), 0 outside the mask (2016, Eq. 16).

    mask: one block of True a row. A_t = Σ_k (γλ)^k δ_{t+k} within it, with
    δ_t = r_t + γ V_{t+1} − V_t and the value after the block 0: from the last token
    back, A_t = δ_t + γλ A_{t+1}. Returns are A + V. gamma, lam: numbers, or (B,). No
    whitening.
    """
    rewards, values = rewards.masked_fill(~mask, 0.0), values.masked_fill(~mask, 0.0)
    advantage = following = torch.zeros_like(values[:, 0])
    backwards = []
    for t in reversed(range(rewards.shape[1])):
        delta = rewards[:, t] + gamma * following - values[:, t]
        advantage = (delta + gamma * lam * advantage).masked_fill(~mask[:, t], 0.0)
        following = values[:, t]
        backwards.append(advantage)
    advantages = torch.stack(backwards[::-1], 1)
    return advantages, advantages + values


def whiten(advantages: Tensor, mask: Tensor) -> Tensor:
    """Advantages of mean 0 and variance 1 over all True tokens; 0 elsewhere.

    Not in the paper; most implementations do it. NaN if fewer than two are True.
    """
    real = advantages[mask]
    shifted = (advantages - real.mean()) / (real.std() + 1e-8)
    return shifted.masked_fill(~mask, 0.0)


def clip_loss(
    logps: Tensor, old_logps: Tensor, advantages: Tensor, clip: Number
) -> Tensor:
    """−min(ρA, clip(ρ, 1 − ε, 1 + ε)A) for each token, any shape (2017, Eq. 7).

    ρ = π/π_old; π_old is the policy that sampled, not the reference. Written as
    −min(ρA, A + ε|A|), which is the same: the clip only ever ends a gain. π_old and A
    count as constants.
    """
    fixed = advantages.detach()
    gained = torch.exp(logps - old_logps.detach()) * fixed
    return -torch.minimum(gained, fixed + clip * fixed.abs())


def ppo_clip_loss(
    logps: Tensor,
    old_logps: Tensor,
    advantages: Tensor,
    mask: Tensor,
    clip: float,
) -> Tensor:
    """The mean of `clip_loss` over all True tokens of the batch: 0-d. NaN for none."""
    return clip_loss(logps, old_logps, advantages, clip)[mask].mean()


def value_loss(
    values: Tensor, old_values: Tensor, returns: Tensor, mask: Tensor, clip: float
) -> Tensor:
    """½ max((V − R)², (V_clip − R)²), its mean over all True tokens: 0-d.

    V_clip = V_old + clip(V − V_old, −clip, clip): a critic that has moved further than
    that towards the returns gains nothing more. Not in the paper, but in the code of
    its authors (OpenAI baselines, ppo2). V_old and R count as constants.
    """
    old, target = old_values.detach(), returns.detach()
    near = old + torch.clamp(values - old, -clip, clip)
    worse = torch.maximum((values - target) ** 2, (near - target) ** 2)
    return worse[mask].mean() / 2


@dataclass(frozen=True, slots=True)
class Rollout:
    """B answers of π_old, and what was known of them before the first step.

    ids: (B, T), prompts too. mask, logps, values, advantages, returns: (B, T − 1), one
    place for each next token: column t belongs to ids[:, t + 1].
    """

    ids: Tensor
    mask: Tensor
    logps: Tensor
    values: Tensor
    advantages: Tensor
    returns: Tensor

    def pick(self, rows: Tensor) -> "Rollout":
        """The answers with these indexes."""
        names = ("ids", "mask", "logps", "values", "advantages", "returns")
        return Rollout(*(getattr(self, name)[rows] for name in names))


def minibatches(
    count: int, size: int, epochs: int, generator: torch.Generator
) -> Iterator[Tensor]:
    """Indexes of `size` answers at a time, every one of `count` once an epoch.

    Each epoch is in a new order from the generator; its last minibatch may be smaller.
    """
    for _ in range(epochs):
        yield from torch.split(torch.randperm(count, generator=generator), size)


def update(
    policy: Callable[[Tensor], Tensor],
    critic: Callable[[Tensor], Tensor],
    optimizer: torch.optim.Optimizer,
    rollout: Rollout,
    batches: Iterable[Tensor],
    *,
    clip: float,
    value_weight: float,
) -> list[float]:
    """One optimizer step for each minibatch; the loss before each.

    The loss is that of the clip + value_weight times that of the values, both clipped
    by the same ε. policy(ids): logits (B, T, V); critic(ids): values (B, T), of the
    text up to each token. The optimizer holds the parameters of both. As the policy
    leaves π_old, which stays what it was, later minibatches reach the clip.
    """
    seen = []
    for rows in batches:
        part = rollout.pick(rows)
        logps = token_logprobs(policy(part.ids), part.ids)
        gain = ppo_clip_loss(logps, part.logps, part.advantages, part.mask, clip)
        values = critic(part.ids)[:, :-1]
        miss = value_loss(values, part.values, part.returns, part.mask, clip)
        loss = gain + value_weight * miss
        optimizer.zero_grad()
        torch.autograd.backward(loss)
        optimizer.step()
        seen.append(loss.item())
    return seen
