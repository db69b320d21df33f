# id: chosen-length-for-both
# message: Both log-probs are divided by the length of the chosen answer.
# idea: People normalise a pair with one number. Then the longer answer of the pair
#   still counts more; each answer needs its own length.
# misconception: one-length-for-both
import torch.nn.functional as F


def simpo_loss(
    policy_chosen, policy_rejected, chosen_lengths, rejected_lengths, beta, gamma
):
    m = beta * (policy_chosen - policy_rejected) / chosen_lengths - gamma
    return -F.logsigmoid(m).mean()
