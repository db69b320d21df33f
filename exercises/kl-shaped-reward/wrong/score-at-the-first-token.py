# id: score-at-the-first-token
# message: The score stands at the first True of each row instead of at the last.
# idea: argmax of the mask finds a True, but it is the first one. The reward model
#   judges the finished answer, so its score comes with the last token.
# misconception: end-is-last-column
import torch


def kl_shaped_reward(scores, policy_logps, ref_logps, mask, kl_coef):
    penalty = -kl_coef * (policy_logps - ref_logps) * mask
    rows = torch.arange(len(scores))
    rewards = penalty.clone()
    rewards[rows, mask.int().argmax(1)] += scores
    return rewards
