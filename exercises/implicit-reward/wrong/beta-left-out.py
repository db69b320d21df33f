# id: beta-left-out
# message: this is the log-ratio alone; β is missing.
# idea: The log-ratio shows which answers the policy has come to like, so it is taken
#   for the reward. The reward is in its own unit, and β is the rate of exchange.
# misconception: beta-is-optional
import torch


def implicit_reward(policy_logps, ref_logps, beta):
    return policy_logps - ref_logps
