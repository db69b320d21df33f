# id: ties-won
# message: Ties count as won.
# idea: ≥ and > seem to be the same for real numbers. At the first step every margin is
#   exactly 0, and nothing was learnt yet, so the accuracy must be 0.
# misconception: accuracy-is-confidence

def pair_metrics(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    m = beta * ((policy_chosen - ref_chosen) - (policy_rejected - ref_rejected))
    raw = policy_chosen > policy_rejected
    raw = policy_chosen >= policy_rejected
    return m.mean(), (m >= 0).to(m.dtype).mean(), raw.to(m.dtype).mean()
