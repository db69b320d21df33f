"""DPO where the leash is another f-divergence than reverse KL.

Wang et al. 2024 (f-DPO), arXiv:2309.16240: the best policy for E_π r − β D_f(π‖ref) has
the reward β f'(π/ref) + a constant of the prompt, which cancels in the difference. A
score here is f'(u) as a function of d = log u = log π − log ref, with the constant that
makes it 0 at d = 0. What is lost beside reverse KL: adding a constant to both log-probs
of a prompt changes the loss.
"""

import math
from collections.abc import Callable

import torch
from torch import Tensor

from drillbox.reference.losses.margins import Number, pair_losses
from drillbox.reference.preferences import log_sigmoid

Score = Callable[[Tensor], Tensor]
_LARGEST = 80.0  # of an exponent: exp(80) is finite in float32


def reverse_kl(log_ratios: Tensor) -> Tensor:
    """d, any shape: f(u) = u log u, the KL(π‖ref) of DPO. In TRL `reverse_kl`."""
    return log_ratios


def forward_kl(log_ratios: Tensor) -> Tensor:
    """1 − exp(−d), any shape: f(u) = −log u, KL(ref‖π). In TRL `forward_kl`.

    Never above 1, so no answer is worth more than β above the reference. The exponent
    ends at 80, where TRL's score becomes −∞.
    """
    return -torch.expm1(torch.clamp(-log_ratios, max=_LARGEST))


def jensen_shannon(log_ratios: Tensor) -> Tensor:
    """log 2 + log σ(d), any shape: f'(u) = log(2u/(1 + u)). In TRL `js_divergence`."""
    return math.log(2) + log_sigmoid(log_ratios)


def alpha_divergence(log_ratios: Tensor, alpha: float) -> Tensor:
    """(exp((α − 1) d) − 1)/(α − 1), any shape: f'(u) = (u^{α−1} − 1)/(α − 1).

    α = 1 is reverse KL (the limit), α = 0 forward KL; the paper's own α is 1 − this
    one. In TRL `alpha_divergence` with f_alpha_divergence_coef; as there, the
    exponent ends at 80.
    """
    if abs(alpha - 1) < 1e-6:
        return log_ratios
    power = torch.clamp((alpha - 1) * log_ratios, max=_LARGEST)
    return torch.expm1(power) / (alpha - 1)


def f_dpo(
    policy_chosen: Tensor,
    policy_rejected: Tensor,
    ref_chosen: Tensor,
    ref_rejected: Tensor,
    *,
    beta: Number,
    score: Score = reverse_kl,
) -> Tensor:
    """−log σ(β(s(d_w) − s(d_l))): (B,) four times to (B,); pair by pair.

    score: one of the functions above; alpha_divergence with its α filled in.
    """
    chosen = score(policy_chosen - ref_chosen)
    rejected = score(policy_rejected - ref_rejected)
    return pair_losses(beta * (chosen - rejected))
