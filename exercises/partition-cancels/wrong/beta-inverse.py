# id: beta-inverse
# message: the log-ratios are divided by β instead of multiplied with it.
# idea: β divides the reward in the closed form, so it is divided by here too. Solved
#   for the reward, β is a factor.
# misconception: beta-inverse
import torch


def preference_probability(policy_logps, ref_logps, beta):
    rewards = (policy_logps - ref_logps) / beta
    return torch.sigmoid(rewards[:, 0] - rewards[:, 1])
