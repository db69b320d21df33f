# id: returned-as-float
# message: A Python float comes back where a 0-d tensor is asked for, so no gradient
#   can flow.
# idea: The loss is a number, so .item() is called on it. backward() needs the tensor
#   with its graph; take the number only for the log.
# misconception: loss-without-graph
import torch.nn.functional as F


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    return -F.logsigmoid(beta * h).mean().item()
