# id: values-not-subtracted
# message: The critic's value is not subtracted in δ.
# idea: Reward plus discounted future looks complete. An advantage is what is better
#   than expected, and V_t is the expectation.
# misconception: advantage-is-return
import torch


def gae(rewards, values, mask, gamma, lam):
    advantages = torch.zeros_like(rewards)
    running = following = torch.zeros_like(rewards[:, 0])
    for t in reversed(range(rewards.shape[1])):
        delta = rewards[:, t] + gamma * following
        running = delta + gamma * lam * running
        running = running * mask[:, t]
        following = values[:, t] * mask[:, t]
        advantages[:, t] = running
    return advantages, (advantages + values) * mask
