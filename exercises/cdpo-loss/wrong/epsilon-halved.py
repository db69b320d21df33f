# id: epsilon-halved
# message: The weights are 1 − ε/2 and ε/2.
# idea: In classification, label smoothing spreads ε over all classes, the right one
#   included. In cDPO, ε is the probability that the label is wrong, so the other answer
#   gets all of it.
# misconception: smoothing-over-classes
import torch.nn.functional as F


def cdpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta, epsilon):
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    m, turned = beta * h, epsilon / 2
    return (-(1 - turned) * F.logsigmoid(m) - turned * F.logsigmoid(-m)).mean()
