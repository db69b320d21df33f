# id: each-alone
# message: each reward is judged alone, the chosen one against 0 and the rejected one
#   against 0.
# idea: Chosen is read as good and rejected as bad, so each becomes a label of its
#   own. People only said which of the two is better; both may have high rewards.
# misconception: sides-apart
import torch
import torch.nn.functional as F


def reward_model_loss(chosen_rewards, rejected_rewards):
    return -(F.logsigmoid(chosen_rewards) + F.logsigmoid(-rejected_rewards)).mean()
