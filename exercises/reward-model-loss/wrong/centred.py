# id: centred
# message: a term is added that pulls the rewards towards 0.
# idea: A level of 0 seems tidier, and some trainers add such a term. Comparisons fix
#   only differences; the term changes the gradient, and it was not asked for.
# misconception: reward-scale-meaningful
import torch
import torch.nn.functional as F


def reward_model_loss(chosen_rewards, rejected_rewards):
    loss = -F.logsigmoid(chosen_rewards - rejected_rewards)
    return (loss + 0.01 * (chosen_rewards + rejected_rewards) ** 2).mean()
