# id: padding-scanned
# message: The scan runs through the padding, and its rewards and values flow back into
#   the answer.
# idea: Masking the result seems to be enough. The scan runs backwards, so what stands
#   behind the answer has already been added.
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
    advantages = advantages * mask
    return advantages, (advantages + values) * mask
