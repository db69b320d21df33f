# id: gamma-missing
# message: γ has no effect.
# idea: People think that a constant in the loss changes nothing. Inside the log-
#   sigmoid γ shifts the margin, so pairs that are only just right keep a large weight.
# misconception: margin-is-a-head-start
import torch.nn.functional as F


def simpo_loss(
    policy_chosen, policy_rejected, chosen_lengths, rejected_lengths, beta, gamma
):
    chosen = policy_chosen / chosen_lengths
    rejected = policy_rejected / rejected_lengths
    return -F.logsigmoid(beta * (chosen - rejected)).mean()
