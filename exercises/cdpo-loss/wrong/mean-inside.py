# id: mean-inside
# message: The mean is taken over the gaps before the loss is applied; each pair has a
#   loss of its own, and the mean is over those.
# idea: People expect that the mean can be moved through a function. The loss is
#   curved, so the loss of the mean gap is another number, and every pair would get the
#   same pull.
# misconception: mean-before-log
import torch.nn.functional as F


def cdpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta, epsilon):
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    m = beta * h.mean()
    return -(1 - epsilon) * F.logsigmoid(m) - epsilon * F.logsigmoid(-m)
