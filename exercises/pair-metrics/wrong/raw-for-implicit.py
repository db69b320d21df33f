# id: raw-for-implicit
# message: The implicit accuracy compares the policy's raw log-probs and leaves the
#   reference out.
# idea: Whatever the policy finds likelier seems to be what it prefers. Short and common
#   answers are likelier from the start; what was learnt is the distance from the
#   reference.
# misconception: raw-for-implicit

def pair_metrics(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    m = beta * ((policy_chosen - ref_chosen) - (policy_rejected - ref_rejected))
    raw = policy_chosen > policy_rejected
    won = raw.to(m.dtype).mean()
    return m.mean(), won, won
