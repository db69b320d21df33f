# id: penalty-on-padding
# message: The penalty is not masked: prompt and padding pay too.
# idea: The mask seems to be needed for the score alone. What stands under False was not
#   written by the policy, so it has no reward.
# misconception: padding-counts
import torch


def kl_shaped_reward(scores, policy_logps, ref_logps, mask, kl_coef):
    last = mask.shape[1] - 1 - mask.flip(1).int().argmax(dim=1)
    rows = torch.arange(len(scores))
    rewards = -kl_coef * (policy_logps - ref_logps)
    rewards[rows, last] += scores
    return rewards
