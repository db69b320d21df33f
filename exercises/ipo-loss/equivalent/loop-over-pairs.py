import torch


def ipo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, tau):
    target = 1 / (2 * tau)
    losses = []
    for pc, pr, rc, rr in zip(
        policy_chosen, policy_rejected, ref_chosen, ref_rejected, strict=True
    ):
        h = pc - rc - pr + rr
        losses.append((h - target) * (h - target))
    return torch.stack(losses).mean()
