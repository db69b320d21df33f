"""With a Python loop over the pairs."""

import torch.nn.functional as F


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    total = 0
    rows = zip(policy_chosen, policy_rejected, ref_chosen, ref_rejected, strict=True)
    for w, lost, ref_w, ref_lost in rows:
        total = total - F.logsigmoid(beta * ((w - ref_w) - (lost - ref_lost)))
    return total / len(policy_chosen)
