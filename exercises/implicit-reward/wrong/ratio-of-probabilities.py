# id: ratio-of-probabilities
# message: β times the ratio of the probabilities is returned; the log is missing.
# idea: The ratio π / ref is 1 where nothing changed, which looks like a neutral
#   reward. The reward is its log, 0 there, and the ratio overflows for long answers.
# misconception: log-for-probability
import torch


def implicit_reward(policy_logps, ref_logps, beta):
    return beta * torch.exp(policy_logps - ref_logps)
