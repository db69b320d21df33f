# id: target-grows-with-tau
# message: The target is τ/2, so a larger τ sends the policy further away.
# idea: People read the constant as the strength of the preference. Like β it is the
#   price of distance: a larger τ must bring the target closer, so it stands below the
#   line.
# misconception: beta-reversed
def ipo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, tau):
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    return (h - tau / 2).square().mean()
