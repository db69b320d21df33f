import torch.nn.functional as F


def simpo_loss(
    policy_chosen, policy_rejected, chosen_lengths, rejected_lengths, beta, gamma
):
    chosen = beta * policy_chosen / chosen_lengths
    rejected = beta * policy_rejected / rejected_lengths
    return -F.logsigmoid(chosen - rejected - gamma).mean()
