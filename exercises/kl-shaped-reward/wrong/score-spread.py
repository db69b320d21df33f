# id: score-spread
# message: The score is spread evenly over the completion tokens.
# idea: Sharing the score out seems fair. Which token earned it is what critic and
#   advantages find out; the reward model speaks once, at the end.
# misconception: which-token-is-paid

def kl_shaped_reward(scores, policy_logps, ref_logps, mask, kl_coef):
    penalty = -kl_coef * (policy_logps - ref_logps) * mask
    share = scores / mask.sum(1)
    return penalty + share[:, None] * mask
