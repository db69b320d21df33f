import torch
import torch.nn.functional as F


def reward_model_loss(chosen_rewards, rejected_rewards):
    both = torch.stack((chosen_rewards, rejected_rewards), dim=1)
    chosen = torch.zeros(len(both), dtype=torch.int64, device=both.device)
    return F.cross_entropy(both, chosen)
