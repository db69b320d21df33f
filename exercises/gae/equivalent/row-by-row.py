import torch


def gae(rewards, values, mask, gamma, lam):
    advantages, returns = torch.zeros_like(rewards), torch.zeros_like(rewards)
    for row in range(len(rewards)):
        places = mask[row].nonzero().flatten().tolist()
        target = 0.0
        later = 0.0
        for t in reversed(places):
            mixed = (1 - lam) * later + lam * target
            target = rewards[row, t] + gamma * mixed
            later = values[row, t]
            returns[row, t] = target
            advantages[row, t] = target - values[row, t]
    return advantages, returns
