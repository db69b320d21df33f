# id: sum-for-mean
# message: The loss is summed over the batch where its mean is asked for.
# idea: People leave the size of the batch to the learning rate. With the sum, a step
#   grows with the number of pairs, and so does every constant beside it.
# misconception: sum-for-mean
import torch.nn.functional as F


def cdpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta, epsilon):
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    m = beta * h
    return (-(1 - epsilon) * F.logsigmoid(m) - epsilon * F.logsigmoid(-m)).sum()
