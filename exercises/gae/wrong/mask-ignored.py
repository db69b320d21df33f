# id: mask-ignored
# message: The mask is not used at all.
# idea: The mask looks like a detail of batching. What stands under False is prompt or
#   padding: it must not flow back into the answer, and both results are 0 there.
# misconception: padding-counts
import torch


def gae(rewards, values, mask, gamma, lam):
    advantages = torch.zeros_like(rewards)
    running = following = torch.zeros_like(rewards[:, 0])
    for t in reversed(range(rewards.shape[1])):
        delta = rewards[:, t] + gamma * following - values[:, t]
        running = delta + gamma * lam * running
        following = values[:, t]
        advantages[:, t] = running
    return advantages, advantages + values
