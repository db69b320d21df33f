# id: robust-dpo
# message: This is robust DPO: the second term has a plus, and the whole is divided by
#   1 − 2ε.
# idea: People take the two losses for noisy labels for one. Robust DPO undoes the
#   noise and has no smallest value; cDPO is the plain mean of two DPO losses and stops
#   at a finite margin.
# misconception: cdpo-is-robust
import torch.nn.functional as F


def cdpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta, epsilon):
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    m = beta * h
    losses = -(1 - epsilon) * F.logsigmoid(m) + epsilon * F.logsigmoid(-m)
    return losses.mean() / (1 - 2 * epsilon)
