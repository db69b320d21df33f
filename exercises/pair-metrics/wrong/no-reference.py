# id: no-reference
# message: The reference is left out of the margin.
# idea: The gap between the two log-probs looks like the margin. The margin is the
#   difference of two rewards, and each of them is a log-ratio to the reference.
# misconception: no-reference

def pair_metrics(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    m = beta * ((policy_chosen - ref_chosen) - (policy_rejected - ref_rejected))
    raw = policy_chosen > policy_rejected
    m = beta * (policy_chosen - policy_rejected)
    won = raw.to(m.dtype).mean()
    return m.mean(), won, won
