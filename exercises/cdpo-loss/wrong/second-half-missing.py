# id: second-half-missing
# message: The term for a wrong label is missing; what is left is the DPO loss times 1
#   − ε.
# idea: People take label smoothing for less trust in each pair. A smaller weight only
#   scales the gradient; it is the second term that stops the margin at a finite value.
# misconception: smoothing-is-a-weight
import torch.nn.functional as F


def cdpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta, epsilon):
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    return -(1 - epsilon) * F.logsigmoid(beta * h).mean()
