# id: absolute-penalty
# message: The size of each log-ratio is charged, so every token pays.
# idea: A penalty seems to be never negative. Single log-ratios may be negative and give
#   something back; only their mean under the policy, the KL, is never below 0.
# misconception: kl-turned-round
import torch


def kl_shaped_reward(scores, policy_logps, ref_logps, mask, kl_coef):
    last = mask.shape[1] - 1 - mask.flip(1).int().argmax(dim=1)
    rows = torch.arange(len(scores))
    rewards = -kl_coef * (policy_logps - ref_logps).abs() * mask
    rewards[rows, last] += scores
    return rewards
