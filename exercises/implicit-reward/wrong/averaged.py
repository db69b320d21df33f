# id: averaged
# message: one number for the whole batch is returned instead of one for each answer.
# idea: A loss ends with a mean, so this does as well. The rewards of chosen and
#   rejected answers are compared one by one, so each is needed.
# misconception: how-many-numbers
import torch


def implicit_reward(policy_logps, ref_logps, beta):
    return (beta * (policy_logps - ref_logps)).mean()
