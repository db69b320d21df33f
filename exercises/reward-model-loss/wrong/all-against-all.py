# id: all-against-all
# message: every chosen reward is compared with every rejected reward of the batch,
#   also across prompts.
# idea: More comparisons look like more signal. Rewards are fixed only up to a
#   constant for each prompt, so answers to different prompts cannot be compared.
# misconception: reward-scale-meaningful
import torch
import torch.nn.functional as F


def reward_model_loss(chosen_rewards, rejected_rewards):
    gaps = chosen_rewards[:, None] - rejected_rewards[None, :]
    return -F.logsigmoid(gaps).mean()
