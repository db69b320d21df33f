# id: no-reference
# message: the reference left out: −log σ(β(log π_w − log π_l)). What counts is how far
#   each answer moved away from the reference.
import torch.nn.functional as F


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    return -F.logsigmoid(beta * (policy_chosen - policy_rejected)).mean()
