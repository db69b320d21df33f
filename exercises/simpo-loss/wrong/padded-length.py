# id: padded-length
# message: Every log-prob is divided by the longest length of the batch, the padded
#   one.
# idea: People take the mean over the token axis of a padded batch. That counts the
#   padding as tokens, so the same answer scores differently beside a longer neighbour.
# misconception: padded-length
import torch
import torch.nn.functional as F


def simpo_loss(
    policy_chosen, policy_rejected, chosen_lengths, rejected_lengths, beta, gamma
):
    padded = torch.maximum(chosen_lengths, rejected_lengths).max()
    m = beta * (policy_chosen - policy_rejected) / padded - gamma
    return -F.logsigmoid(m).mean()
