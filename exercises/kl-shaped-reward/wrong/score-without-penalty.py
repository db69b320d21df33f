# id: score-without-penalty
# message: At the last token the score replaces the penalty instead of being added to
#   it.
# idea: The last token seems to have its reward in the score. It is a token like the
#   others and pays for its drift too.
# misconception: which-token-is-paid
import torch


def kl_shaped_reward(scores, policy_logps, ref_logps, mask, kl_coef):
    penalty = -kl_coef * (policy_logps - ref_logps) * mask
    last = mask.shape[1] - 1 - mask.flip(1).int().argmax(dim=1)
    rows = torch.arange(len(scores))
    rewards = penalty.clone()
    rewards[rows, last] = scores
    return rewards
