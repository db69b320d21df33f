# id: loss-negated
# message: The minus in front of the log-sigmoid is missing: this is the
#   log-likelihood, and a step down makes the labels less likely.
# idea: The log-likelihood is what one wants to raise, and it is easily returned as it
#   stands. An optimizer goes down, so the loss is its negative.
# misconception: sign-flipped
import torch.nn.functional as F


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    return F.logsigmoid(beta * h).mean()
