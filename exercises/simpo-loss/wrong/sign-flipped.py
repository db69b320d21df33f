# id: sign-flipped
# message: Chosen and rejected are exchanged, so training pushes the rejected answers
#   up.
# idea: People think that it does not matter which side is subtracted from which. The
#   other way round the loss falls when the rejected answer gains.
# misconception: sign-flipped
import torch.nn.functional as F


def simpo_loss(
    policy_chosen, policy_rejected, chosen_lengths, rejected_lengths, beta, gamma
):
    chosen = policy_chosen / chosen_lengths
    rejected = policy_rejected / rejected_lengths
    return -F.logsigmoid(beta * (rejected - chosen) - gamma).mean()
