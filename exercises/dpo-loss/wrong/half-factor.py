# id: half-factor
# message: The loss is half of what it should be: the sum is divided by the 2B answers
#   in place of the B pairs.
# idea: Chosen and rejected answers go through the model as one batch of 2B rows, and
#   the sum of the losses is divided by that number. A pair has one loss, so the mean
#   is over B pairs.
# misconception: loss-scale-is-free
import torch.nn.functional as F


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    answers = len(policy_chosen) + len(policy_rejected)
    return -F.logsigmoid(beta * h).sum() / answers
