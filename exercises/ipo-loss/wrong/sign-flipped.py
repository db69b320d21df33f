# id: sign-flipped
# message: Chosen and rejected are exchanged, so training pushes the rejected answers
#   up.
# idea: People think that it does not matter which side is subtracted from which. The
#   other way round the loss falls when the rejected answer gains.
# misconception: sign-flipped
def ipo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, tau):
    h = (policy_rejected - ref_rejected) - (policy_chosen - ref_chosen)
    return (h - 1 / (2 * tau)).square().mean()
