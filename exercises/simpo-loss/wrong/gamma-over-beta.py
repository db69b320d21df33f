# id: gamma-over-beta
# message: γ is divided by β.
# idea: People copy γ/β from an implementation whose bracket is multiplied by β
#   afterwards. Outside the bracket γ is subtracted as it is.
# misconception: inside-or-outside-beta
import torch.nn.functional as F


def simpo_loss(
    policy_chosen, policy_rejected, chosen_lengths, rejected_lengths, beta, gamma
):
    chosen = policy_chosen / chosen_lengths
    rejected = policy_rejected / rejected_lengths
    return -F.logsigmoid(beta * (chosen - rejected) - gamma / beta).mean()
