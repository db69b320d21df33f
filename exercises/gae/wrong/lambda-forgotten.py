# id: lambda-forgotten
# message: λ is missing: every δ to the end counts in full, as for λ = 1.
# idea: γ already discounts the future, so λ seems to be the same thing again. λ says
#   how far one trusts the rewards that came, rather than the critic's guess.
# misconception: gamma-and-lambda-alike
import torch


def gae(rewards, values, mask, gamma, lam):
    advantages = torch.zeros_like(rewards)
    running = following = torch.zeros_like(rewards[:, 0])
    for t in reversed(range(rewards.shape[1])):
        delta = rewards[:, t] + gamma * following - values[:, t]
        running = delta + gamma * running
        running = running * mask[:, t]
        following = values[:, t] * mask[:, t]
        advantages[:, t] = running
    return advantages, (advantages + values) * mask
