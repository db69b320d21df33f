# id: penalty-at-the-end
# message: The whole penalty is summed and charged at the last token.
# idea: Score minus KL of the answer is what the goal says, and the sum over the row is
#   the same. PPO charges each token for its own drift, so that the advantages see where
#   it happened.
# misconception: which-token-is-paid
import torch


def kl_shaped_reward(scores, policy_logps, ref_logps, mask, kl_coef):
    penalty = -kl_coef * (policy_logps - ref_logps) * mask
    last = mask.shape[1] - 1 - mask.flip(1).int().argmax(dim=1)
    rows = torch.arange(len(scores))
    rewards = torch.zeros_like(penalty)
    rewards[rows, last] = scores + penalty.sum(1)
    return rewards
