"""From rewards to preferences to the optimal policy, and back.

Bradley and Terry 1952, "Rank analysis of incomplete block designs"; Rafailov et al.
2023, "Direct Preference Optimization", arXiv:2305.18290, equations 1 to 6.
"""

import math

import torch
from torch import Tensor

ELO_PER_NAT = 400 / math.log(10)


def preference_probability(reward_w: Tensor, reward_l: Tensor) -> Tensor:
    """P(y_w ≻ y_l) = σ(r_w − r_l); any shapes that broadcast (Rafailov 2023, Eq. 1).

    Bradley and Terry: exp r_w / (exp r_w + exp r_l). Only the difference counts.
    """
    return torch.sigmoid(reward_w - reward_l)


def bt_probability(r_first: Tensor, r_second: Tensor) -> Tensor:
    """P(first ≻ second) for each prompt: rewards in nats, (B,) twice to (B,) (Eq. 1).

    exp r₁ / (exp r₁ + exp r₂), the softmax of the two, for which no reward is too
    large. Exactly ½ where they are equal.
    """
    return torch.softmax(torch.stack((r_first, r_second), -1), -1)[..., 0]


def reward_model_loss(chosen_rewards: Tensor, rejected_rewards: Tensor) -> Tensor:
    """The mean of −log σ(r_w − r_l), nats: (B,) twice to 0-d (Eq. 2).

    Written as log(1 + exp(r_l − r_w)), which is finite at every difference; so is the
    gradient. No margin and no centring term.
    """
    gap = rejected_rewards - chosen_rewards
    return torch.logaddexp(gap, torch.zeros_like(gap)).mean()


def elo_difference(reward_difference: Tensor) -> Tensor:
    """The Elo points of a reward difference: 400/ln 10 per nat, about 173.7."""
    return ELO_PER_NAT * reward_difference


def log_partition(ref_logprobs: Tensor, rewards: Tensor, beta: Tensor) -> Tensor:
    """log Z = log Σ_y ref(y) exp(r(y)/β), nats: (…, K) and (…, K) to (…).

    `ref_logprobs` are normalised log-probabilities, `beta` broadcasts to (…).
    β log Z is also the best value of the KL-constrained objective (Eq. 3 and 4).
    """
    return torch.logsumexp(ref_logprobs + rewards / beta[..., None], -1)


def closed_form(ref_logprobs: Tensor, rewards: Tensor, beta: Tensor) -> Tensor:
    """log π*(y) = log ref(y) + r(y)/β − log Z, nats, shape (…, K) (Eq. 4)."""
    log_z = log_partition(ref_logprobs, rewards, beta)
    return ref_logprobs + rewards / beta[..., None] - log_z[..., None]


def closed_form_policy(
    ref_probs: Tensor, rewards: Tensor, beta: float
) -> tuple[Tensor, Tensor]:
    """The best policy over K answers and log Z: (K,), (K,) to (K,) and 0-d (Eq. 4).

    ref_probs: probabilities that sum to 1, zeros allowed; beta > 0 in units of the
    reward. Returns ref exp(r/β)/Z as probabilities, 0 where ref is, and log Σ ref
    exp(r/β) in nats. Finite for any finite r/β: the highest score among the answers
    that the reference gives is taken out before anything is exponentiated.
    """
    possible = ref_probs > 0
    scores = (rewards / beta).masked_fill(~possible, -torch.inf)
    top = scores.max()
    products = ref_probs * torch.exp(scores - top)
    total = products.sum()
    return products / total, top + torch.log(total)


def implicit_reward(
    policy_logps: Tensor, ref_logps: Tensor, beta: Tensor | float
) -> Tensor:
    """r̂ = β (log π − log ref), any shape (Eq. 5 without β log Z, which is no y's own).

    policy_logps, ref_logps: summed log-probs of the same completions, nats.
    """
    return beta * (policy_logps - ref_logps)


def target_log_ratio(probability: Tensor, beta: Tensor | float) -> Tensor:
    """The gap h* at which the fitted preference is `probability`: logit(p)/β, nats.

    h is (log π_w − log ref_w) − (log π_l − log ref_l); from Eq. 6, σ(β h*) = p.
    """
    return torch.logit(probability) / beta
