# id: reference-added
# message: The reference's log-probs are added where they are subtracted.
# idea: In a difference of differences a sign is soon lost. Policy and reference stand
#   on opposite sides of each log-ratio, so equal models have the margin 0.
# misconception: reference-by-any-sign

def pair_metrics(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    raw = policy_chosen > policy_rejected
    m = beta * ((policy_chosen + ref_chosen) - (policy_rejected + ref_rejected))
    return m.mean(), (m > 0).to(m.dtype).mean(), raw.to(m.dtype).mean()
