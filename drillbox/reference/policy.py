"""The best policy for a reward, and the reward that a policy is best for.

Rafailov et al. 2023, arXiv:2305.18290, equations 3 to 6: the objective
E_π r − β KL(π‖ref) has one best policy, ref exp(r/β)/Z, and every policy is the best
one for some reward. β > 0 is the price of a nat of KL, in units of the reward.
"""

import torch
from torch import Tensor

from drillbox.reference.preferences import preference_probability


def log_partition(
    ref_logprobs: Tensor, rewards: Tensor, beta: Tensor | float
) -> Tensor:
    """log Z = log Σ_y ref(y) exp(r(y)/β), nats: (…, K) and (…, K) to (…).

    ref_logprobs: normalised log-probabilities, −∞ allowed; beta: one number, or a
    tensor that broadcasts to (…). β log Z is also the best value of the objective of
    Eq. 3. The largest possible r/β is taken out before the sum, so that log-probs keep
    their digits beside rewards of any size.
    """
    top, scores = _scores(ref_logprobs, rewards, beta)
    return (top + torch.logsumexp(scores, -1, keepdim=True))[..., 0]


def closed_form(ref_logprobs: Tensor, rewards: Tensor, beta: Tensor | float) -> Tensor:
    """log π*(y) = log ref(y) + r(y)/β − log Z, nats, shape (…, K) (Eq. 4).

    Arguments as for `log_partition`. −∞ where the reference has −∞: no reward brings
    back an answer that the reference never gives.
    """
    return torch.log_softmax(_scores(ref_logprobs, rewards, beta)[1], -1)


def _scores(
    ref_logprobs: Tensor, rewards: Tensor, beta: Tensor | float
) -> tuple[Tensor, Tensor]:
    """The largest r/β among the possible answers, (…, 1); log ref + r/β less that."""
    scaled = rewards / (beta[..., None] if isinstance(beta, Tensor) else beta)
    never = ref_logprobs == -torch.inf
    top = scaled.masked_fill(never, -torch.inf).amax(-1, keepdim=True)
    return top, (ref_logprobs + (scaled - top)).masked_fill(never, -torch.inf)


def closed_form_policy(
    ref_probs: Tensor, rewards: Tensor, beta: float
) -> tuple[Tensor, Tensor]:
    """The same in probabilities, with log Z: (K,), (K,) to (K,) and 0-d (Eq. 4).

    ref_probs: probabilities that sum to 1, zeros allowed. Returns ref exp(r/β)/Z,
    0 where ref is 0, and log Z in nats.
    """
    logs = ref_probs.log()
    best = closed_form(logs, rewards, beta).exp()
    return best, log_partition(logs, rewards, beta)


def implicit_reward(
    policy_logps: Tensor, ref_logps: Tensor, beta: Tensor | float
) -> Tensor:
    """r̂ = β (log π − log ref), any shape (Eq. 5 without β log Z, which is no y's own).

    policy_logps, ref_logps: summed log-probs of the same completions, nats.
    """
    return beta * (policy_logps - ref_logps)


def implied_preference(policy_logps: Tensor, ref_logps: Tensor, beta: float) -> Tensor:
    """P(first ≻ second) under the implicit rewards of a policy: (B, 2) twice to (B,).

    policy_logps, ref_logps: summed log-probs, nats, of the first and the second answer
    to the same prompt. A constant added to both columns of a row changes nothing, so
    the policy need not be normalised: β log Z(x) would be one (Eq. 6).
    """
    first, second = implicit_reward(policy_logps, ref_logps, beta).unbind(-1)
    return preference_probability(first, second)


def target_log_ratio(probability: Tensor, beta: Tensor | float) -> Tensor:
    """The gap h* at which the fitted preference is `probability`: logit(p)/β, nats.

    h is (log π_w − log ref_w) − (log π_l − log ref_l); from Eq. 6, σ(β h*) = p.
    """
    return torch.logit(probability) / beta
