# id: sum-for-mean
# message: The loss is summed over the batch where its mean is asked for.
# idea: People leave the size of the batch to the learning rate. With the sum, a step
#   grows with the number of pairs, and so does every constant beside it.
# misconception: sum-for-mean
import torch
import torch.nn.functional as F


def dpop_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta, lam):
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    fallen = torch.relu(ref_chosen - policy_chosen)
    return -F.logsigmoid(beta * (h - lam * fallen)).sum()
