# id: no-reference
# message: the reference is left out: β times the policy's log-prob.
# idea: A likely answer is taken for a good one. Long answers always have low
#   log-probs; what counts is how far the policy moved from the reference.
# misconception: no-reference
import torch


def implicit_reward(policy_logps, ref_logps, beta):
    return beta * policy_logps
