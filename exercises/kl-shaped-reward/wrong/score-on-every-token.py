# id: score-on-every-token
# message: The score is given to every completion token instead of the last one.
# idea: The score belongs to the whole answer, so each token seems to have earned it. It
#   would be counted as often as the answer is long, which pays for length.
# misconception: which-token-is-paid

def kl_shaped_reward(scores, policy_logps, ref_logps, mask, kl_coef):
    penalty = -kl_coef * (policy_logps - ref_logps) * mask
    return penalty + scores[:, None] * mask
