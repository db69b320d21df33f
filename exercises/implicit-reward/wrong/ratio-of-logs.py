# id: ratio-of-logs
# message: the log-probs are divided by each other.
# idea: The formula has a fraction π / ref in it, and it is written with what is at
#   hand. The log of a fraction is the difference of the logs, not their quotient.
# misconception: reference-by-any-sign
import torch


def implicit_reward(policy_logps, ref_logps, beta):
    return beta * policy_logps / ref_logps
