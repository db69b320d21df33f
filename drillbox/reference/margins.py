"""What the margin of a pair says: its log-sigmoid, its weight, its metrics.

Rafailov et al. 2023, arXiv:2305.18290: section 4 and equation 7. Throughout
h = (log π_w − log ref_w) − (log π_l − log ref_l) is the gap in nats and m = β h the
margin r̂_w − r̂_l; log-probs are summed over the completion.
"""

import torch
from torch import Tensor
from torch.nn.functional import logsigmoid


def log_sigmoid(x: Tensor) -> Tensor:
    """log σ(x) of any shape, by min(x, 0) − log(1 + exp(−|x|)).

    Finite with its gradient σ(−x) for |x| ≤ 1e4; ½ at 0, where `minimum` shares the
    gradient between its two arguments and |x| has none. Textbook identity; see Rafailov
    2023, Eq. 7, for its place.
    """
    return torch.minimum(x, torch.zeros_like(x)) - torch.log1p(torch.exp(-x.abs()))


def gradient_weight(
    policy_chosen: Tensor,
    policy_rejected: Tensor,
    ref_chosen: Tensor,
    ref_rejected: Tensor,
    beta: float,
) -> Tensor:
    """σ(r̂_l − r̂_w), one for each pair; log-probs in nats, (B,) four times, to (B,).

    How wrong the policy still is: the factor of β(g_w − g_l) in §4 of Rafailov 2023,
    without β and without the 1/B of a mean. ½ where policy and reference agree.
    """
    chosen, rejected = policy_chosen - ref_chosen, policy_rejected - ref_rejected
    return torch.exp(logsigmoid(beta * (rejected - chosen)))


def pair_metrics(
    policy_chosen: Tensor,
    policy_rejected: Tensor,
    ref_chosen: Tensor,
    ref_rejected: Tensor,
    beta: float,
) -> tuple[Tensor, Tensor, Tensor]:
    """(mean margin, implicit accuracy, raw accuracy), each 0-d in the inputs' dtype.

    Log-probs in nats, (B,) four times. Mean margin: β h over the batch. Implicit
    accuracy: the share of pairs with r̂_w > r̂_l. Raw accuracy: the share with
    log π_w > log π_l. A tie is not won. Rewards after Rafailov 2023, Eq. 5.
    """
    chosen, rejected = policy_chosen - ref_chosen, policy_rejected - ref_rejected
    margin = beta * (chosen.mean() - rejected.mean())
    implicit = (chosen > rejected).to(margin.dtype).mean()
    raw = (policy_chosen > policy_rejected).to(margin.dtype).mean()
    return margin, implicit, raw
