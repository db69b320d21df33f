# id: one-step
# message: Only δ_t is used, as for λ = 0.
# idea: δ_t already holds everything to come, in V_{t+1}. It trusts the critic entirely;
#   λ lets the later δ have their say.
# misconception: gamma-and-lambda-alike
import torch


def gae(rewards, values, mask, gamma, lam):
    advantages = torch.zeros_like(rewards)
    running = following = torch.zeros_like(rewards[:, 0])
    for t in reversed(range(rewards.shape[1])):
        delta = rewards[:, t] + gamma * following - values[:, t]
        running = delta
        running = running * mask[:, t]
        following = values[:, t] * mask[:, t]
        advantages[:, t] = running
    return advantages, (advantages + values) * mask
