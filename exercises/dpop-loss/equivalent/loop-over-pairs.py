import torch.nn.functional as F


def dpop_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta, lam):
    losses = []
    for pc, pr, rc, rr in zip(
        policy_chosen, policy_rejected, ref_chosen, ref_rejected, strict=True
    ):
        penalty = lam * (rc - pc) if rc > pc else 0.0
        losses.append(-F.logsigmoid(beta * (pc - rc - pr + rr - penalty)))
    return sum(losses) / len(losses)
