# id: centred
# message: the mean over the batch is subtracted, as an estimate of β log Z.
# idea: The missing β log Z is estimated from the batch, so that the rewards have mean
#   0. It needs no value: it is the same for both answers of a pair and cancels.
# misconception: z-depends-on-y
import torch


def implicit_reward(policy_logps, ref_logps, beta):
    rewards = beta * (policy_logps - ref_logps)
    return rewards - rewards.mean()
