# id: target-doubled
# message: The target is 1/τ, twice as far as IPO's 1/(2τ).
# idea: People remember that the target is the inverse of τ and lose the 2. It comes
#   from averaging both orders of the pair, one with the target 1/τ and one with 0;
#   without it the policy goes twice as far.
# misconception: ipo-target-without-two
def ipo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, tau):
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    return (h - 1 / tau).square().mean()
