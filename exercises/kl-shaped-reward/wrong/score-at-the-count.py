# id: score-at-the-count
# message: The score stands at the place given by the number of True entries, as if each
#   answer began in column 0 without gaps.
# idea: The number of tokens less one is the last index of a list of them. The row
#   begins with a prompt, so the answer ends that much later.
# misconception: end-is-last-column
import torch


def kl_shaped_reward(scores, policy_logps, ref_logps, mask, kl_coef):
    penalty = -kl_coef * (policy_logps - ref_logps) * mask
    rows = torch.arange(len(scores))
    rewards = penalty.clone()
    rewards[rows, mask.sum(1) - 1] += scores
    return rewards
