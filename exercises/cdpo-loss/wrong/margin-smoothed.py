# id: margin-smoothed
# message: The margin is multiplied by 1 − 2ε; the labels should be smoothed.
# idea: People replace the margin by the one that they expect under noise. The loss of
#   an expected margin is not the expected loss, and it still falls for ever as the
#   margin grows.
# misconception: smoothing-is-a-weight
import torch.nn.functional as F


def cdpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta, epsilon):
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    return -F.logsigmoid((1 - 2 * epsilon) * beta * h).mean()
