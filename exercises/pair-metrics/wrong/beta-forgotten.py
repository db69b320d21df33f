# id: beta-forgotten
# message: β is missing from the margin.
# idea: The difference of the log-ratios looks complete, and the accuracies do not
#   depend on β. Rewards are β times the log-ratios, and the margin is a difference of
#   rewards.
# misconception: margin-without-beta

def pair_metrics(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    raw = policy_chosen > policy_rejected
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    return h.mean(), (h > 0).to(h.dtype).mean(), raw.to(h.dtype).mean()
