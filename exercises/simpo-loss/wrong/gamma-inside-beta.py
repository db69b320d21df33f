# id: gamma-inside-beta
# message: γ stands inside the factor β, so the margin asked for is β times as large.
# idea: People put the margin where the log-probs are. γ is a difference of rewards,
#   and rewards are log-probs times β; inside, tuning β moves the target too.
# misconception: inside-or-outside-beta
import torch.nn.functional as F


def simpo_loss(
    policy_chosen, policy_rejected, chosen_lengths, rejected_lengths, beta, gamma
):
    chosen = policy_chosen / chosen_lengths
    rejected = policy_rejected / rejected_lengths
    return -F.logsigmoid(beta * (chosen - rejected - gamma)).mean()
