"""Losses that need no reference model: one forward pass less, and no leash.

What DPO gets from the reference, the scale of an answer's log-prob, they get from its
length.
"""

import torch
from torch import Tensor

from drillbox.reference.losses.margins import Number, pair_losses


def simpo(
    policy_chosen: Tensor,
    policy_rejected: Tensor,
    chosen_lengths: Tensor,
    rejected_lengths: Tensor,
    beta: Number,
    gamma: Number,
) -> Tensor:
    """−log σ(β(log π_w/|y_w| − log π_l/|y_l|) − γ): (B,) four times to (B,).

    Meng et al. 2024, arXiv:2405.14734; summed log-probs, lengths ≥ 1. γ ≥ 0 is a
    difference of rewards, not multiplied by β. TRL's experimental CPOTrainer with
    loss_type `simpo` is asked for the same γ by `simpo_gamma`, but adds cpo_alpha times
    the mean NLL of the chosen answers, and cpo_alpha is 1.0 by default; SimPO is
    cpo_alpha=0.
    """
    chosen = policy_chosen / chosen_lengths
    rejected = policy_rejected / rejected_lengths
    return pair_losses(beta * (chosen - rejected) - gamma)


def log_odds(mean_logps: Tensor) -> Tensor:
    """log(p / (1 − p)), p = exp of mean log-probs < 0, any shape.

    As −log(exp(−x) − 1), by expm1: exact where p is nearly 1.
    """
    return -torch.log(torch.expm1(-mean_logps))


def orpo(chosen_mean_logps: Tensor, rejected_mean_logps: Tensor, lam: Number) -> Tensor:
    """−x_w − λ log σ(log odds_w − log odds_l): (B,) twice to (B,).

    Hong et al. 2024, arXiv:2403.07691, Eq. 6; x is an answer's mean log-prob per
    token, nats, from −30 to −1e-6. λ weighs the comparison against fine-tuning on
    chosen. TRL's experimental ORPOTrainer calls λ beta and takes −x_w over prompt and
    completion, as a mean over all tokens of the batch.
    """
    gap = log_odds(chosen_mean_logps) - log_odds(rejected_mean_logps)
    return lam * pair_losses(gap) - chosen_mean_logps
