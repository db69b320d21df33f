# id: score-in-the-last-column
# message: The score stands in the last column, which is padding, instead of at the last
#   True.
# idea: The last place of the array looks like the end of the answer. With padding
#   behind it the answer ends earlier, at another place in each row.
# misconception: end-is-last-column

def kl_shaped_reward(scores, policy_logps, ref_logps, mask, kl_coef):
    penalty = -kl_coef * (policy_logps - ref_logps) * mask
    rewards = penalty.clone()
    rewards[:, -1] += scores
    return rewards
