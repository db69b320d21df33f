"""Losses that know how long the answers are; lengths are in tokens, the end included.

A sum over tokens grows with their number, so DPO's margin does; these divide by it or
put a price on it.
"""

import torch
from torch import Tensor

from drillbox.reference.losses.margins import Number, margin, pair_losses


def ipo_normalised(
    policy_chosen: Tensor,
    policy_rejected: Tensor,
    ref_chosen: Tensor,
    ref_rejected: Tensor,
    *,
    beta: Number,
    chosen_lengths: Tensor,
    rejected_lengths: Tensor,
) -> Tensor:
    """(d_w/|y_w| − d_l/|y_l| − 1/(2β))²: (B,) six times to (B,); lengths ≥ 1.

    TRL's `ipo`. The paper prints a sum (`ipo` here); its authors told TRL's that their
    results are of this form. The same β asks for 1/(2β) nats more *per token*.
    """
    chosen = (policy_chosen - ref_chosen) / chosen_lengths
    rejected = (policy_rejected - ref_rejected) / rejected_lengths
    return (chosen - rejected - 1 / (2 * beta)) ** 2


def sigmoid_norm(
    policy_chosen: Tensor,
    policy_rejected: Tensor,
    ref_chosen: Tensor,
    ref_rejected: Tensor,
    *,
    beta: Number,
    chosen_lengths: Tensor,
    rejected_lengths: Tensor,
) -> Tensor:
    """−log σ(β(d_w/|y_w| − d_l/|y_l|)): (B,) six times to (B,); lengths ≥ 1.

    Lambert et al. 2024 (Tülu 3), arXiv:2411.15124. Beside DPO its β is divided by the
    length, so it is larger: 5 where DPO has 0.1. In TRL `sigmoid_norm`.
    """
    chosen, rejected = policy_chosen - ref_chosen, policy_rejected - ref_rejected
    return pair_losses(
        length_normalised_margin(
            chosen, chosen_lengths, rejected, rejected_lengths, beta
        )
    )


def length_normalised_margin(
    dw: Tensor, lw: Tensor, dl: Tensor, ll: Tensor, beta: Number
) -> Tensor:
    """β (d_w/|y_w| − d_l/|y_l|), any shape; d is log π − log ref, |y| counts tokens."""
    return beta * (dw / lw - dl / ll)


def rdpo(
    policy_chosen: Tensor,
    policy_rejected: Tensor,
    ref_chosen: Tensor,
    ref_rejected: Tensor,
    *,
    beta: Number,
    alpha: Number,
    chosen_lengths: Tensor,
    rejected_lengths: Tensor,
) -> Tensor:
    """−log σ(β h + α(|y_w| − |y_l|)): (B,) six times to (B,); α ≥ 0.

    Park et al. 2024 (R-DPO), arXiv:2403.19159: the policy is to maximise r − α|y|, so
    the reward behind it is r = β d + α|y|, up to a constant. The plus lets a longer
    chosen answer count as explained, which lowers its pull. α is in reward per token
    and not multiplied by β. Not in TRL 1.16.
    """
    m = margin(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta)
    return pair_losses(m + alpha * (chosen_lengths - rejected_lengths).to(m.dtype))


def ld_alpha(
    token_logps: Tensor, mask: Tensor, shared_lengths: Tensor, alpha: float
) -> Tensor:
    """A log-prob whose tail counts less: (B, T) twice and (B,) to (B,), nats.

    Liu et al. 2024 (LD-DPO), arXiv:2409.06411: the sum over the first
    min(|y_w|, |y_l|) = shared_lengths completion tokens, whatever they say, + α times
    the sum over the others; 0 ≤ α ≤ 1, 1 is the plain sum. For policy and reference
    alike, before any loss. token_logps is what `token_logprobs` gives, mask its places:
    `mask[:, 1:]` of `sequence_logprobs`. In TRL `ld_alpha`.
    """
    place = mask.cumsum(-1)
    weights = torch.where(place <= shared_lengths[:, None], 1.0, alpha)
    kept = token_logps.masked_fill(~mask, 0.0)
    return (kept * weights.to(kept.dtype)).sum(-1)
