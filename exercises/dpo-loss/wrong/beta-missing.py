# id: beta-missing
# message: β is missing: this is the loss for β = 1.
# idea: β looks like a scale that the learning rate could replace. It decides how many
#   nats from the reference a pair may pull before its push fades.
# misconception: beta-is-optional
import torch.nn.functional as F


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    return -F.logsigmoid(h).mean()
