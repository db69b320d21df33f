# id: beta-inverse
# message: the log-ratio is divided by β instead of multiplied with it.
# idea: β divides the reward in the closed form, so it is divided by here too. Solving
#   for the reward brings it to the other side as a factor.
# misconception: beta-inverse
import torch


def implicit_reward(policy_logps, ref_logps, beta):
    return (policy_logps - ref_logps) / beta
