# id: returns-without-values
# message: The returns are the advantages; the values were not added back.
# idea: Both say how good things turned out. The advantage is that less what the critic
#   expected, so the critic's target needs the value added back.
# misconception: advantage-is-return
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
    return advantages, advantages.clone()
