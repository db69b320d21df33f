# id: returns-unmasked
# message: The returns are not 0 outside the mask: the raw values stand there.
# idea: The advantages are 0 outside, so advantages + values seems to be done. The
#   values of prompt and padding are still in it, and a critic would be trained on them.
# misconception: padding-counts
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
    return advantages, advantages + values
