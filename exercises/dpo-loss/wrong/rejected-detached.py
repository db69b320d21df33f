# id: rejected-detached
# message: The rejected answer's log-prob is detached: its gradient is missing.
# idea: The rejected answer is taken for a fixed mark to beat, like the reference. It
#   belongs to the policy, and half of the gradient goes through it.
# misconception: loss-without-graph
import torch.nn.functional as F


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    rejected = policy_rejected.detach() - ref_rejected
    return -F.logsigmoid(beta * (policy_chosen - ref_chosen - rejected)).mean()
