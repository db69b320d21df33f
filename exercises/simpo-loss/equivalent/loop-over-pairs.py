import torch.nn.functional as F


def simpo_loss(
    policy_chosen, policy_rejected, chosen_lengths, rejected_lengths, beta, gamma
):
    losses = []
    for pc, pr, lc, lr in zip(
        policy_chosen, policy_rejected, chosen_lengths, rejected_lengths, strict=True
    ):
        losses.append(-F.logsigmoid(beta * (pc / lc - pr / lr) - gamma))
    return sum(losses) / len(losses)
