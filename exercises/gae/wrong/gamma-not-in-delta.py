# id: gamma-not-in-delta
# message: γ is missing from δ: the next value counts in full.
# idea: With γ = 1, as is usual for language models, nothing is seen of this. V_{t+1} is
#   one step away and is discounted like everything else.
# misconception: gamma-and-lambda-alike
import torch


def gae(rewards, values, mask, gamma, lam):
    advantages = torch.zeros_like(rewards)
    running = following = torch.zeros_like(rewards[:, 0])
    for t in reversed(range(rewards.shape[1])):
        delta = rewards[:, t] + following - values[:, t]
        running = delta + gamma * lam * running
        running = running * mask[:, t]
        following = values[:, t] * mask[:, t]
        advantages[:, t] = running
    return advantages, (advantages + values) * mask
