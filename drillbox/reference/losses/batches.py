"""Losses in which the pairs of a batch meet, and weights from the policy's own view."""

import torch
from torch import Tensor

from drillbox.reference.logprobs import completion_lengths, token_logprobs
from drillbox.reference.losses.margins import Number, smoothed


def aot(
    policy_chosen: Tensor,
    policy_rejected: Tensor,
    ref_chosen: Tensor,
    ref_rejected: Tensor,
    *,
    beta: Number,
    label_smoothing: Number = 0.0,
) -> Tensor:
    """cDPO's loss of ranks: the k-th smallest log π_w − log π_l against that of ref.

    (B,) four times to (B,), one for each rank, not for each pair. Melnyk et al. 2024
    (AOT), arXiv:2406.05882: the policy's log-ratios shall dominate the reference's as
    distributions. In TRL `aot`.
    """
    policy = torch.sort(policy_chosen - policy_rejected).values
    ref = torch.sort(ref_chosen - ref_rejected).values
    return smoothed(beta * (policy - ref), label_smoothing)


def aot_unpaired(
    policy_chosen: Tensor,
    policy_rejected: Tensor,
    ref_chosen: Tensor,
    ref_rejected: Tensor,
    *,
    beta: Number,
    label_smoothing: Number = 0.0,
) -> Tensor:
    """cDPO's loss of ranks: the k-th smallest d_w against the k-th smallest d_l.

    (B,) four times to (B,), one for each rank. Chosen and rejected answers need not
    belong together. Melnyk et al. 2024, arXiv:2406.05882. In TRL `aot_unpaired`.
    """
    chosen = torch.sort(policy_chosen - ref_chosen).values
    rejected = torch.sort(policy_rejected - ref_rejected).values
    return smoothed(beta * (chosen - rejected), label_smoothing)


def wpo_weights(logits: Tensor, ids: Tensor, mask: Tensor) -> Tensor:
    """How much an answer is the policy's own: (B, T, V), (B, T) twice to (B,).

    exp of the mean over completion tokens of log π(y_t) − log Σ_v π(v)², so that an
    answer sampled from the policy weighs about 1 whatever its entropy. Zhou et al. 2024
    (WPO), arXiv:2406.11827, Eq. 2; a pair's loss is multiplied by the product of its
    two answers' weights. Without gradient; logits and mask of the policy as for
    `sequence_logprobs`. In TRL `use_weighting`.
    """
    with torch.no_grad():
        wide = torch.promote_types(logits.dtype, torch.float32)
        scores = torch.log_softmax(logits[:, :-1].to(wide), -1)
        aligned = token_logprobs(logits, ids) - torch.logsumexp(2 * scores, -1)
        total = aligned.masked_fill(~mask[:, 1:], 0.0).sum(-1)
        return torch.exp(total / completion_lengths(mask).clamp(min=1))
