# id: forwards
# message: The sum runs forwards: each token is credited with what came before it.
# idea: A loop from first to last is the habit. An advantage judges a token by what
#   follows it, so the sum runs from the end.
# misconception: advantage-looks-back
import torch


def gae(rewards, values, mask, gamma, lam):
    advantages = torch.zeros_like(rewards)
    kept = values * mask
    ahead = torch.cat([kept[:, 1:], torch.zeros_like(kept[:, :1])], dim=1)
    deltas = (rewards + gamma * ahead - values) * mask
    running = torch.zeros_like(rewards[:, 0])
    for t in range(rewards.shape[1]):
        running = (deltas[:, t] + gamma * lam * running) * mask[:, t]
        advantages[:, t] = running
    return advantages, (advantages + values) * mask
