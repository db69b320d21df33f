import torch.nn.functional as F


def simpo_loss(
    policy_chosen, policy_rejected, chosen_lengths, rejected_lengths, beta, gamma
):
    gap = policy_chosen / chosen_lengths - policy_rejected / rejected_lengths
    return F.softplus(-beta * (gap - gamma / beta)).mean()
