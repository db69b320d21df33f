"""Losses close to DPO, each with one line changed; and the choice of β from a sweep.

Log-probs are in nats and summed over the completion's tokens unless a name says mean;
w is chosen, l rejected, π the policy, ref the frozen reference, d = log π − log ref of
one answer, h = d_w − d_l. Every loss is the mean over a batch of B ≥ 1 pairs (KTO:
answers), a 0-d tensor in the dtype of the log-probs, differentiable by the policy's.
Most are written as a comparison of two rewards, softplus(r_l − r_w), where the
exercises write −log σ of one margin: two ways to the same number.
"""

from collections.abc import Mapping, Sequence

import torch
from torch import Tensor


def softplus(x: Tensor) -> Tensor:
    """log(1 + exp(x)), any shape, to full precision at every x."""
    return torch.logaddexp(torch.zeros_like(x), x)


def compared(reward_chosen: Tensor, reward_rejected: Tensor) -> Tensor:
    """The mean negative log-likelihood that chosen wins: (B,), (B,) to 0-d.

    Bradley and Terry 1952; for margins of any size, with gradients.
    """
    return softplus(reward_rejected - reward_chosen).mean()


def ipo_loss(
    policy_chosen: Tensor,
    policy_rejected: Tensor,
    ref_chosen: Tensor,
    ref_rejected: Tensor,
    tau: float,
) -> Tensor:
    """The mean of (h − 1/(2τ))²: four of (B,) to 0-d; tau > 0, in 1/nats.

    Azar et al. 2023, arXiv:2310.12036, Eq. 17, on summed log-probs. Here as
    (2τh − 1)² / (2τ)²: the share of the target that is missing, squared, in nats².
    """
    h = (policy_chosen - policy_rejected) - (ref_chosen - ref_rejected)
    missing = 2 * tau * h - 1
    return (missing * missing).mean() / (2 * tau) ** 2


def cdpo_loss(
    policy_chosen: Tensor,
    policy_rejected: Tensor,
    ref_chosen: Tensor,
    ref_rejected: Tensor,
    beta: float,
    epsilon: float,
) -> Tensor:
    """The mean of −(1 − ε) log σ(m) − ε log σ(−m), m = β h: four of (B,) to 0-d.

    Mitchell 2023, "A note on DPO with noisy preferences & relationship to IPO".
    epsilon in [0, 0.5) is the probability of a wrong label; not divided by 1 − 2ε.
    Since −log σ(−m) = m − log σ(m), the loss is −log σ(m) + ε m.
    """
    m = beta * ((policy_chosen - policy_rejected) - (ref_chosen - ref_rejected))
    return (softplus(-m) + epsilon * m).mean()


def dpop_loss(
    policy_chosen: Tensor,
    policy_rejected: Tensor,
    ref_chosen: Tensor,
    ref_rejected: Tensor,
    beta: float,
    lam: float,
) -> Tensor:
    """The mean of −log σ(β(h − λ max(0, −d_w))): four of (B,) to 0-d; lam ≥ 0.

    Pal et al. 2024, arXiv:2402.13228. The penalty is part of chosen's reward, which has
    the slope β above the reference and β(1 + λ) below it.
    """
    chosen = policy_chosen - ref_chosen
    held = torch.where(chosen < 0, (1 + lam) * chosen, chosen)
    return compared(beta * held, beta * (policy_rejected - ref_rejected))


def rdpo_loss(
    policy_chosen: Tensor,
    policy_rejected: Tensor,
    ref_chosen: Tensor,
    ref_rejected: Tensor,
    chosen_lengths: Tensor,
    rejected_lengths: Tensor,
    beta: float,
    alpha: float,
) -> Tensor:
    """The mean of −log σ(β h + α(|y_w| − |y_l|)): six of (B,) to 0-d.

    Park et al. 2024, arXiv:2403.19159. Lengths are int64, in tokens; alpha ≥ 0 is in
    reward per token. The reward behind the policy is r = β d + α|y|, up to a constant.
    """
    dtype = policy_chosen.dtype
    return compared(
        beta * (policy_chosen - ref_chosen) + alpha * chosen_lengths.to(dtype),
        beta * (policy_rejected - ref_rejected) + alpha * rejected_lengths.to(dtype),
    )


def length_normalised_dpo(
    policy_chosen: Tensor,
    policy_rejected: Tensor,
    ref_chosen: Tensor,
    ref_rejected: Tensor,
    chosen_lengths: Tensor,
    rejected_lengths: Tensor,
    beta: float,
) -> Tensor:
    """The mean of −log σ(β(d_w/|y_w| − d_l/|y_l|)): six of (B,) to 0-d.

    Lambert et al. 2024, arXiv:2411.15124 (Tülu 3). Lengths are int64, ≥ 1, in tokens;
    each reward is β times the mean change per token.
    """
    return compared(
        beta * ((policy_chosen - ref_chosen) / chosen_lengths),
        beta * ((policy_rejected - ref_rejected) / rejected_lengths),
    )


def simpo_loss(
    policy_chosen: Tensor,
    policy_rejected: Tensor,
    chosen_lengths: Tensor,
    rejected_lengths: Tensor,
    beta: float,
    gamma: float,
) -> Tensor:
    """The mean of −log σ(β(log π_w/|y_w| − log π_l/|y_l|) − γ): four of (B,) to 0-d.

    Meng et al. 2024, arXiv:2405.14734. Lengths are int64, ≥ 1, in tokens; gamma ≥ 0 is
    a difference of rewards: the rejected answer starts γ ahead.
    """
    chosen = beta * policy_chosen / chosen_lengths
    rejected = beta * policy_rejected / rejected_lengths
    return compared(chosen, rejected + gamma)


def log_odds(mean_logps: Tensor) -> Tensor:
    """log(p / (1 − p)), p = exp of mean log-probs < 0, any shape.

    As −log(exp(−x) − 1), by expm1: exact where p is nearly 1.
    """
    return -torch.log(torch.expm1(-mean_logps))


def orpo_loss(
    chosen_mean_logps: Tensor, rejected_mean_logps: Tensor, lam: float
) -> Tensor:
    """The mean of −x_w − λ log σ(log odds_w − log odds_l): two of (B,) to 0-d.

    Hong et al. 2024, arXiv:2403.07691, Eq. 6; x is an answer's mean log-prob per token,
    in nats, from −30 to −1e-6. lam weighs the comparison against fine-tuning on chosen.
    """
    preference = compared(log_odds(chosen_mean_logps), log_odds(rejected_mean_logps))
    return lam * preference - chosen_mean_logps.mean()


def kto_loss(
    policy_logps: Tensor,
    ref_logps: Tensor,
    desirable: Tensor,
    kl_policy_logps: Tensor,
    kl_ref_logps: Tensor,
    beta: float,
    weight_desirable: float,
    weight_undesirable: float,
) -> Tensor:
    """The mean over all answers of λ(1 − σ(±β(d − z))): (B,) and (M,) to 0-d.

    Ethayarajh et al. 2024, arXiv:2402.01306, Eq. 7. desirable is bool (B,), + and its
    weight where True, − and the other where False. z = max(0, mean of the M
    log-ratios), without gradient. Here as λ σ(∓β(d − z)).
    """
    with torch.no_grad():
        z = torch.relu((kl_policy_logps - kl_ref_logps).mean())
    above = beta * (policy_logps - ref_logps - z)
    shortfall = torch.sigmoid(torch.where(desirable, -above, above))
    good = desirable.to(above.dtype)
    weights = weight_desirable * good + weight_undesirable * (1 - good)
    return torch.dot(weights, shortfall) / len(shortfall)


def choose_beta(runs: Sequence[Mapping[str, float]], kl_budget: float) -> float | None:
    """The β of the run with the highest reward among those with KL ≤ budget, or None.

    runs: {"beta", "kl", "reward"}, KL in nats, in any order. Ties in the reward go to
    the smaller KL, then to the larger β. The frontier of reward against KL is figure 2
    of Rafailov et al. 2023, arXiv:2305.18290.
    """
    by_beta = sorted(runs, key=lambda run: -run["beta"])
    by_kl = sorted(by_beta, key=lambda run: run["kl"])  # stable, as the next one is
    for run in sorted(by_kl, key=lambda run: -run["reward"]):
        if run["kl"] <= kl_budget:
            return run["beta"]
    return None
