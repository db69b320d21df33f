# id: sign-flipped
# message: Chosen and rejected are swapped in the margin.
# idea: A difference does not say which part comes first. It is chosen less rejected, so
#   a positive margin means that the pair is ranked right.
# misconception: sign-flipped

def pair_metrics(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    m = beta * ((policy_chosen - ref_chosen) - (policy_rejected - ref_rejected))
    raw = policy_chosen > policy_rejected
    m = -m
    return m.mean(), (m > 0).to(m.dtype).mean(), raw.to(m.dtype).mean()
