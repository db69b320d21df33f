# id: reshaped
# message: the rows are reshaped into two halves, so answers to different prompts are
#   compared.
# idea: reshape(2, -1) gives two rows of the right length, and for one prompt it is
#   right. For more it pairs answers to different prompts, where the constants do not
#   cancel.
# misconception: z-cancels-across-prompts
import torch


def preference_probability(policy_logps, ref_logps, beta):
    rewards = beta * (policy_logps - ref_logps)
    first, second = rewards.reshape(2, -1)
    return torch.sigmoid(first - second)
