# id: probability-ratio
# message: The ratio of probabilities less 1 is charged instead of their log-ratio.
# idea: For small drifts π/ref − 1 and log(π/ref) are nearly the same. The KL is a mean
#   of log-ratios, and far from 1 the two differ widely.
# misconception: log-for-probability
import torch


def kl_shaped_reward(scores, policy_logps, ref_logps, mask, kl_coef):
    last = mask.shape[1] - 1 - mask.flip(1).int().argmax(dim=1)
    rows = torch.arange(len(scores))
    rewards = -kl_coef * (torch.exp(policy_logps - ref_logps) - 1) * mask
    rewards[rows, last] += scores
    return rewards
