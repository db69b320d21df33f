# id: hinge
# message: The loss is a hinge, max(0, 1 − β h), in place of −log σ(β h).
# idea: A hinge also asks for a margin and stops when it has it (SLiC does this). The
#   DPO loss comes from the likelihood of Bradley-Terry: smooth, and never quite 0.
# misconception: variants-are-dpo
import torch


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    return torch.relu(1.0 - beta * h).mean()
