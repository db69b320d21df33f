# id: sign-flipped
# message: the columns are swapped: this is the probability that the second answer is
#   preferred.
# idea: Which of two rewards is subtracted from which is easily turned round. σ(−x) is
#   1 − σ(x), the probability of the opposite.
# misconception: sign-flipped
import torch


def preference_probability(policy_logps, ref_logps, beta):
    rewards = beta * (policy_logps - ref_logps)
    return torch.sigmoid(rewards[:, 1] - rewards[:, 0])
