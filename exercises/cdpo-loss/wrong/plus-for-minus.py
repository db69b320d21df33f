# id: plus-for-minus
# message: The loss of the turned label is subtracted where it is added.
# idea: People remember the plus of robust DPO, which corrects for the noise. cDPO
#   adds the two losses; with the difference the margin has no finite optimum.
# misconception: cdpo-is-robust
import torch.nn.functional as F


def cdpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta, epsilon):
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    m = beta * h
    return (-(1 - epsilon) * F.logsigmoid(m) + epsilon * F.logsigmoid(-m)).mean()
