# id: divided-twice
# message: The loss is divided by the batch size twice: it is the mean of the pairs,
#   divided by B once more.
# idea: The 1/B of equation 7 is written down although mean() already brings it. Then
#   a larger batch makes smaller steps.
# misconception: sum-for-mean
import torch.nn.functional as F


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    losses = -F.logsigmoid(beta * h)
    return losses.mean() / len(losses)
