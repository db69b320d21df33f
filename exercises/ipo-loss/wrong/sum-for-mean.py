# id: sum-for-mean
# message: The loss is summed over the batch where its mean is asked for.
# idea: People leave the size of the batch to the learning rate. With the sum, a step
#   grows with the number of pairs, and so does every constant beside it.
# misconception: sum-for-mean
def ipo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, tau):
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    return (h - 1 / (2 * tau)).square().sum()
