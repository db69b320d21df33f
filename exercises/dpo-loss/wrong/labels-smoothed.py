# id: labels-smoothed
# message: The labels are smoothed: this is cDPO with ε = 0.1.
# idea: Trainers have the option label_smoothing, and a little of it is taken for good
#   style. It is another loss, with a finite best margin.
# misconception: variants-are-dpo
import torch.nn.functional as F


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    margin = beta * h
    losses = -0.9 * F.logsigmoid(margin) - 0.1 * F.logsigmoid(-margin)
    return losses.mean()
