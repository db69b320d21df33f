# id: wrong-pairs-only
# message: The weight is 1 for pairs ranked wrong and 0 for pairs ranked right.
# idea: A pair that is ranked right seems to be done. The weight is a smooth σ(−m): ½ at
#   a margin of 0, and still 0.27 at a margin of 1.
# misconception: ranked-pairs-ignored

def gradient_weight(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    return (h < 0).to(h.dtype)
