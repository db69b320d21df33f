# id: bootstrapped-past-the-end
# message: At the last token the value of the padding behind it is used, where it must
#   be 0.
# idea: values[:, t + 1] is there, so it is taken. After the last token nothing is to
#   come, and what the critic says about padding means nothing.
# misconception: bootstrap-past-the-end
import torch


def gae(rewards, values, mask, gamma, lam):
    advantages = torch.zeros_like(rewards)
    running = following = torch.zeros_like(rewards[:, 0])
    for t in reversed(range(rewards.shape[1])):
        delta = rewards[:, t] + gamma * following - values[:, t]
        running = delta + gamma * lam * running
        running = running * mask[:, t]
        following = values[:, t]
        advantages[:, t] = running
    return advantages, (advantages + values) * mask
