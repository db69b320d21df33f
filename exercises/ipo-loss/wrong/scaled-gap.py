# id: scaled-gap
# message: The square is taken of τ h − 1/2, which is τ² times the loss.
# idea: People put the constant where β stands in DPO, in front of the gap. The
#   optimum stays, but the gradient shrinks with τ², and the loss is no longer a
#   distance in nats.
# misconception: ipo-scaled-gap
def ipo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, tau):
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    return (tau * h - 0.5).square().mean()
