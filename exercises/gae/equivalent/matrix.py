import torch


def gae(rewards, values, mask, gamma, lam):
    rewards, values = rewards * mask, values * mask
    ahead = torch.zeros_like(values)
    ahead[:, :-1] = values[:, 1:]
    deltas = rewards + gamma * ahead - values
    deltas = torch.where(mask, deltas, 0.0)
    size = rewards.shape[1]
    place = torch.arange(size)
    weight = torch.zeros(size, size, dtype=rewards.dtype)
    for k in range(size):
        weight += (gamma * lam) ** k * (place[:, None] == place + k).to(rewards.dtype)
    advantages = torch.where(mask, deltas @ weight, 0.0)
    return advantages, advantages + values
