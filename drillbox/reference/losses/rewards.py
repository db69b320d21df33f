"""Losses that see each answer's reward β d, not only the difference of the two.

So they can hold the chosen answer up, which DPO does not. The price: β log Z(x) no
longer cancels, and a constant on both log-probs of a prompt changes the loss.
"""

import torch
from torch import Tensor

from drillbox.reference.losses.margins import Number, margin, pair_losses


def dpop(
    policy_chosen: Tensor,
    policy_rejected: Tensor,
    ref_chosen: Tensor,
    ref_rejected: Tensor,
    *,
    beta: Number,
    lam: Number,
) -> Tensor:
    """−log σ(β(h − λ max(0, −d_w))): (B,) four times to (B,); λ ≥ 0.

    Pal et al. 2024 (Smaug), arXiv:2402.13228. The penalty is part of chosen's reward,
    which has the slope β above the reference and β(1 + λ) below it; at the reference
    itself the slope is β. Not in TRL 1.16.
    """
    chosen = policy_chosen - ref_chosen
    held = torch.where(chosen < 0, (1 + lam) * chosen, chosen)
    return pair_losses(beta * (held - (policy_rejected - ref_rejected)))


def nca_pair(
    policy_chosen: Tensor,
    policy_rejected: Tensor,
    ref_chosen: Tensor,
    ref_rejected: Tensor,
    *,
    beta: Number,
) -> Tensor:
    """−log σ(β d_w) − ½ log σ(−β d_w) − ½ log σ(−β d_l): (B,) four times to (B,).

    Chen et al. 2024 (NCA), arXiv:2402.05369, for K = 2 answers. Its own chosen term
    stops the chosen answer at β d_w = ln 2. In TRL `nca_pair`.
    """
    chosen = beta * (policy_chosen - ref_chosen)
    rejected = beta * (policy_rejected - ref_rejected)
    down = pair_losses(-chosen) + pair_losses(-rejected)
    return pair_losses(chosen) + down / 2


def bco_pair(
    policy_chosen: Tensor,
    policy_rejected: Tensor,
    ref_chosen: Tensor,
    ref_rejected: Tensor,
    *,
    beta: Number,
) -> Tensor:
    """−log σ(β d_w) − log σ(−β d_l): (B,) four times to (B,).

    Jung et al. 2024 (BCO), arXiv:2404.04656: a classifier of good and bad answers. The
    paper takes a running mean δ of the rewards off both; TRL 0.x did too, `bco_pair` in
    1.16 no longer does, nor does this.
    """
    chosen = beta * (policy_chosen - ref_chosen)
    rejected = beta * (policy_rejected - ref_rejected)
    return pair_losses(chosen) + pair_losses(-rejected)


def sppo_hard(
    policy_chosen: Tensor,
    policy_rejected: Tensor,
    ref_chosen: Tensor,
    ref_rejected: Tensor,
    *,
    beta: Number,
) -> Tensor:
    """(d_w − 1/(2β))² + (d_l + 1/(2β))², nats²: (B,) four times to (B,).

    Wu et al. 2024 (SPPO), arXiv:2405.00675, with win rates of 1 and 0 ("hard") and
    η = 1/β. In TRL `sppo_hard`.
    """
    half = 1 / (2 * beta)
    chosen, rejected = policy_chosen - ref_chosen, policy_rejected - ref_rejected
    return (chosen - half) ** 2 + (rejected + half) ** 2


def apo_zero(
    policy_chosen: Tensor,
    policy_rejected: Tensor,
    ref_chosen: Tensor,
    ref_rejected: Tensor,
    *,
    beta: Number,
) -> Tensor:
    """1 − σ(β d_w) + σ(β d_l): (B,) four times to (B,).

    D'Oosterlinck et al. 2024 (APO), arXiv:2408.06266, Eq. 7: chosen up, rejected down;
    for answers better than the policy's own. In TRL `apo_zero`.
    """
    chosen = torch.sigmoid(beta * (ref_chosen - policy_chosen))
    return chosen + torch.sigmoid(beta * (policy_rejected - ref_rejected))


def apo_down(
    policy_chosen: Tensor,
    policy_rejected: Tensor,
    ref_chosen: Tensor,
    ref_rejected: Tensor,
    *,
    beta: Number,
) -> Tensor:
    """σ(β d_w) + 1 − σ(β h): (B,) four times to (B,).

    D'Oosterlinck et al. 2024 (APO), arXiv:2408.06266, Eq. 8: both down, rejected
    further; for answers worse than the policy's own. In TRL `apo_down`.
    """
    m = margin(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta)
    return torch.sigmoid(beta * (policy_chosen - ref_chosen)) + torch.sigmoid(-m)


def kto(
    policy_logps: Tensor,
    ref_logps: Tensor,
    desirable: Tensor,
    kl_policy_logps: Tensor,
    kl_ref_logps: Tensor,
    beta: Number,
    weight_desirable: float,
    weight_undesirable: float,
) -> Tensor:
    """λ(1 − σ(±β(d − z))) for each answer: (B,), (B,), (B,), (M,), (M,) to (B,).

    Ethayarajh et al. 2024, arXiv:2402.01306, Eq. 7: answers need no pair. desirable is
    bool, + and its weight where True, − and the other where False. z = max(0, mean of
    the M log-ratios of mismatched answers), without gradient. In TRL KTOTrainer's
    `kto`.
    """
    z = torch.relu((kl_policy_logps - kl_ref_logps).mean()).detach()
    above = beta * (policy_logps - ref_logps - z)
    shortfall = torch.sigmoid(torch.where(desirable, -above, above))
    good = desirable.to(above.dtype)
    return shortfall * (weight_desirable * good + weight_undesirable * (1 - good))
