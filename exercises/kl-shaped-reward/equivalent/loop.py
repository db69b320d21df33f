import torch


def kl_shaped_reward(scores, policy_logps, ref_logps, mask, kl_coef):
    rewards = torch.zeros_like(policy_logps)
    for row in range(len(scores)):
        for t in range(mask.shape[1]):
            if mask[row, t]:
                drift = policy_logps[row, t] - ref_logps[row, t]
                rewards[row, t] = -kl_coef * drift
                last = t
        rewards[row, last] += scores[row]
    return rewards
