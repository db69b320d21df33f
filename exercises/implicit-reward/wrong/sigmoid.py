# id: sigmoid
# message: a sigmoid is put around the reward.
# idea: The loss has a sigmoid around rewards, so one is put here. It belongs around
#   the difference of two rewards; one answer alone has no probability of being
#   preferred.
# misconception: sides-apart
import torch


def implicit_reward(policy_logps, ref_logps, beta):
    return torch.sigmoid(beta * (policy_logps - ref_logps))
