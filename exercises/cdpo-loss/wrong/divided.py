# id: divided
# message: The loss is divided by 1 − 2ε.
# idea: The factor belongs to robust DPO, which needs it to be right on average. cDPO
#   is a mean of two losses with weights that add up to 1, so nothing is left to divide
#   by.
# misconception: cdpo-is-robust
import torch.nn.functional as F


def cdpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta, epsilon):
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    m = beta * h
    losses = -(1 - epsilon) * F.logsigmoid(m) - epsilon * F.logsigmoid(-m)
    return losses.mean() / (1 - 2 * epsilon)
