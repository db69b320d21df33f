# id: reference-added
# message: the reference's log-probs are added instead of subtracted.
# idea: Both models' log-probs are summed, as the closed form multiplies ref with
#   exp(r / β). Solving for the reward divides by the reference, which subtracts its
#   log.
# misconception: reference-by-any-sign
import torch


def implicit_reward(policy_logps, ref_logps, beta):
    return beta * (policy_logps + ref_logps)
