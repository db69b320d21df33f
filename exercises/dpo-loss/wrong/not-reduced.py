# id: not-reduced
# message: One loss for each pair comes back, the mean over the batch is missing.
# idea: The loss of a pair is right, and the mean is left to the training loop. The
#   function is asked for one number, a 0-d tensor.
# misconception: sum-for-mean
import torch.nn.functional as F


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    return -F.logsigmoid(beta * h)
