# id: coefficient-on-the-score
# message: kl_coef multiplies the score as well as the penalty.
# idea: A factor in front of a bracket seems to hold for all of it. The score counts in
#   full, and only the penalty has a price.
# misconception: kl-needs-no-price
import torch


def kl_shaped_reward(scores, policy_logps, ref_logps, mask, kl_coef):
    penalty = -kl_coef * (policy_logps - ref_logps) * mask
    last = mask.shape[1] - 1 - mask.flip(1).int().argmax(dim=1)
    rows = torch.arange(len(scores))
    rewards = penalty.clone()
    rewards[rows, last] += kl_coef * scores
    return rewards
