# id: accuracy-of-the-mean
# message: The accuracies ask whether the mean margin is positive, not which share of
#   pairs is won.
# idea: Mean first, comparison after, seems the same as the other way round. One pair
#   with a huge margin can outweigh many that are lost.
# misconception: accuracy-is-confidence

def pair_metrics(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    m = beta * ((policy_chosen - ref_chosen) - (policy_rejected - ref_rejected))
    raw = (policy_chosen - policy_rejected).mean()
    return m.mean(), (m.mean() > 0).to(m.dtype), (raw > 0).to(m.dtype)
