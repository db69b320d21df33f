# id: coefficient-forgotten
# message: kl_coef is missing: the log-ratio is charged in full.
# idea: The log-ratio looks like the whole penalty. kl_coef, the β of the goal, is its
#   price for each nat.
# misconception: kl-needs-no-price
import torch


def kl_shaped_reward(scores, policy_logps, ref_logps, mask, kl_coef):
    last = mask.shape[1] - 1 - mask.flip(1).int().argmax(dim=1)
    rows = torch.arange(len(scores))
    rewards = -(policy_logps - ref_logps) * mask
    rewards[rows, last] += scores
    return rewards
