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


def implicit_reward(policy: Tensor, reference: Tensor, beta: Tensor | float) -> Tensor:
    """r̂ = β (log π − log ref), any shape (Eq. 5 without β log Z, which is no y's own).

    policy, reference: summed log-probs of the same completions, nats.
    """
    return beta * (policy - reference)


def target_log_ratio(probability: Tensor, beta: Tensor | float) -> Tensor:
    """The gap h* at which the fitted preference is `probability`: logit(p)/β, nats.

    h is (log π_w − log ref_w) − (log π_l − log ref_l); from Eq. 6, σ(β h*) = p.
    """
    return torch.logit(probability) / beta
