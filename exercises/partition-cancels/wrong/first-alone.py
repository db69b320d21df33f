# id: first-alone
# message: the sigmoid is taken of the first answer's reward alone, without the second
#   one's.
# idea: An answer is taken to be good or bad by itself. Alone its reward contains β
#   log Z, so this changes with the constant; only the difference does not.
# misconception: sides-apart
import torch


def preference_probability(policy_logps, ref_logps, beta):
    rewards = beta * (policy_logps - ref_logps)
    return torch.sigmoid(rewards[:, 0])
