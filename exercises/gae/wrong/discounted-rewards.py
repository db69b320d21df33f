# id: discounted-rewards
# message: The returns are the discounted sums of the rewards, whatever λ is.
# idea: That is what a return is in a textbook. Here it is A + V, which equals that sum
#   only for λ = 1.
# misconception: advantage-is-return
import torch


def gae(rewards, values, mask, gamma, lam):
    advantages, returns = torch.zeros_like(rewards), torch.zeros_like(rewards)
    running = following = to_come = torch.zeros_like(rewards[:, 0])
    for t in reversed(range(rewards.shape[1])):
        delta = rewards[:, t] + gamma * following - values[:, t]
        running = (delta + gamma * lam * running) * mask[:, t]
        to_come = (rewards[:, t] + gamma * to_come) * mask[:, t]
        following = values[:, t] * mask[:, t]
        advantages[:, t], returns[:, t] = running, to_come
    return advantages, returns
