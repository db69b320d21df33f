# id: gamma-only-in-delta
# message: γ is missing from the running sum: λ alone discounts it.
# idea: γ stands in δ, so it seems to be used up. The δ of a later token lies further
#   away and is discounted by γ as well as by λ.
# misconception: gamma-and-lambda-alike
import torch


def gae(rewards, values, mask, gamma, lam):
    advantages = torch.zeros_like(rewards)
    running = following = torch.zeros_like(rewards[:, 0])
    for t in reversed(range(rewards.shape[1])):
        delta = rewards[:, t] + gamma * following - values[:, t]
        running = delta + lam * running
        running = running * mask[:, t]
        following = values[:, t] * mask[:, t]
        advantages[:, t] = running
    return advantages, (advantages + values) * mask
