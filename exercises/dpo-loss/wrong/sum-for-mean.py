# id: sum-for-mean
# message: The loss is the sum over the batch where the mean is asked for.
# idea: A loss of a batch looks like a sum over its pairs, with the learning rate to
#   take care of the rest. With the sum the step grows with the batch, and losses of
#   two batch sizes cannot be compared.
# misconception: sum-for-mean
import torch.nn.functional as F


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    return -F.logsigmoid(beta * h).sum()
