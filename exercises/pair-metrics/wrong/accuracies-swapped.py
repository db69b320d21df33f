# id: accuracies-swapped
# message: The two accuracies stand in each other's place.
# idea: "Implicit" is taken for what the policy would do by itself. It means the
#   implicit reward, the log-ratio to the reference.
# misconception: raw-for-implicit

def pair_metrics(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    m = beta * ((policy_chosen - ref_chosen) - (policy_rejected - ref_rejected))
    raw = policy_chosen > policy_rejected
    return m.mean(), raw.to(m.dtype).mean(), (m > 0).to(m.dtype).mean()
