import torch


def reward_model_loss(chosen_rewards, rejected_rewards):
    gap = chosen_rewards - rejected_rewards
    return torch.nn.functional.softplus(-gap, threshold=50.0).mean()
