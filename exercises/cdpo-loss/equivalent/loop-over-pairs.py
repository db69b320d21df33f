import torch.nn.functional as F


def cdpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta, epsilon):
    losses = []
    for pc, pr, rc, rr in zip(
        policy_chosen, policy_rejected, ref_chosen, ref_rejected, strict=True
    ):
        m = beta * (pc - rc - pr + rr)
        right, turned = -F.logsigmoid(m), -F.logsigmoid(-m)
        losses.append((1 - epsilon) * right + epsilon * turned)
    return sum(losses) / len(losses)
