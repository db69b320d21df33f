# id: double-at-zero
# message: A stable form made of clamp and abs, whose gradient in torch is twice too
#   large at a margin of exactly 0.
# idea: log(1 + exp(−|m|)) − min(m, 0) has the right value everywhere. At its edge
#   clamp has the slope 1 in torch where one half is right, so the first step is twice
#   too long.
# misconception: zero-gradient-at-ln2
import torch


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    margin = beta * h
    losses = torch.log1p(torch.exp(-margin.abs())) - margin.clamp(max=0.0)
    return losses.mean()
