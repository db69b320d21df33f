# id: implicit-for-raw
# message: The raw accuracy compares implicit rewards instead of log-probs.
# idea: One accuracy seems to be enough. A policy can have learnt every pair and still
#   write the rejected answer more often.
# misconception: raw-for-implicit

def pair_metrics(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    m = beta * ((policy_chosen - ref_chosen) - (policy_rejected - ref_rejected))
    raw = policy_chosen > policy_rejected
    won = (m > 0).to(m.dtype).mean()
    return m.mean(), won, won
