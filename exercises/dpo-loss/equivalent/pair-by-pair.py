import torch
import torch.nn.functional as F


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    losses = []
    for pc, pr, rc, rr in zip(
        policy_chosen, policy_rejected, ref_chosen, ref_rejected, strict=True
    ):
        losses.append(-F.logsigmoid(beta * ((pc - rc) - (pr - rr))))
    return torch.stack(losses).mean()
