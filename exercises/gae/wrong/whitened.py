# id: whitened
# message: The advantages are whitened at the end: mean 0, spread 1.
# idea: Many PPO programs whiten, so it looks like part of the estimate. It is a choice
#   of its own, made afterwards; these are the plain advantages.
# misconception: whitening-is-part
import torch


def gae(rewards, values, mask, gamma, lam):
    advantages = torch.zeros_like(rewards)
    running = following = torch.zeros_like(rewards[:, 0])
    for t in reversed(range(rewards.shape[1])):
        delta = rewards[:, t] + gamma * following - values[:, t]
        running = delta + gamma * lam * running
        running = running * mask[:, t]
        following = values[:, t] * mask[:, t]
        advantages[:, t] = running
    returns = (advantages + values) * mask
    count = mask.sum()
    mean = advantages.sum() / count
    spread = ((advantages - mean) ** 2 * mask).sum() / count
    return (advantages - mean) * mask / (spread.sqrt() + 1e-8), returns
