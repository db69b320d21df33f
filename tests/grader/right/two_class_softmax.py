"""As a cross-entropy over two classes."""

import torch
import torch.nn.functional as F


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    scores = torch.stack(
        [beta * (policy_chosen - ref_chosen), beta * (policy_rejected - ref_rejected)],
        dim=-1,
    )
    first = torch.zeros(len(scores), dtype=torch.long)
    return F.cross_entropy(scores, first)
