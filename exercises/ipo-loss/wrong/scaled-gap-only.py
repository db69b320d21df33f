# id: scaled-gap-only
# message: τ multiplies the gap and divides the target as well: the square is of τ h −
#   1/(2τ).
# idea: People carry DPO's β h over and then subtract IPO's target. In IPO the gap
#   itself meets the target; with both, it stops at 1/(2τ²).
# misconception: ipo-scaled-gap
def ipo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, tau):
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    return (tau * h - 1 / (2 * tau)).square().mean()
