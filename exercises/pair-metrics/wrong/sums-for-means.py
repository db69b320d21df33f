# id: sums-for-means
# message: Sums over the batch are returned instead of means.
# idea: Adding up is the first half of a mean. A sum grows with the batch, so two
#   batches could not be compared.
# misconception: sum-for-mean

def pair_metrics(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    m = beta * ((policy_chosen - ref_chosen) - (policy_rejected - ref_rejected))
    raw = policy_chosen > policy_rejected
    return m.sum(), (m > 0).to(m.dtype).sum(), raw.to(m.dtype).sum()
