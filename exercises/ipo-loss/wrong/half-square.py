# id: half-square
# message: The squared distance is halved.
# idea: People know squared losses with a factor ½ that makes the derivative tidy.
#   IPO's loss has none, so value and gradient come out at half their size.
# misconception: loss-scale-is-free
def ipo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, tau):
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    return 0.5 * (h - 1 / (2 * tau)).square().mean()
