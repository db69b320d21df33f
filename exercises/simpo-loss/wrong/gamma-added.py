# id: gamma-added
# message: γ is added, so the chosen answer gets a head start instead of a target.
# idea: People add a margin to the side that shall win. Chosen must exceed rejected by
#   γ, so γ is taken off before the log-sigmoid; added, it would make every loss smaller
#   for free.
# misconception: margin-is-a-head-start
import torch.nn.functional as F


def simpo_loss(
    policy_chosen, policy_rejected, chosen_lengths, rejected_lengths, beta, gamma
):
    chosen = policy_chosen / chosen_lengths
    rejected = policy_rejected / rejected_lengths
    return -F.logsigmoid(beta * (chosen - rejected) + gamma).mean()
