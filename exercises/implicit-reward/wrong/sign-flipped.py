# id: sign-flipped
# message: the policy is subtracted from the reference, so liked answers get a
#   negative reward.
# idea: The order of the two in the ratio is easily turned round. The reward is
#   positive where the policy gives more than the reference.
# misconception: sign-flipped
import torch


def implicit_reward(policy_logps, ref_logps, beta):
    return beta * (ref_logps - policy_logps)
