"""The probability of a label, told by a policy and its reference alone.

Rafailov et al. 2023, "Direct Preference Optimization", arXiv:2305.18290, section 4.
"""

import torch
from torch import Tensor


def preference_probability(
    policy_logps: Tensor, ref_logps: Tensor, beta: float
) -> Tensor:
    """P(first ≻ second) under the implicit rewards of a policy: (B, 2) twice to (B,).

    policy_logps, ref_logps: summed log-probs, nats, of the first and the second answer
    to the same prompt; beta > 0. A constant added to both columns of a row changes
    nothing, so the policy need not be normalised: β log Z(x) would be one (Eq. 6).
    """
    ratios = policy_logps - ref_logps
    return torch.softmax(beta * ratios, dim=-1)[..., 0]
