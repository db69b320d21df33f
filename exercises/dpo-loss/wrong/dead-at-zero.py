# id: dead-at-zero
# message: A stable form made of relu and abs, whose gradient in torch is 0 at a
#   margin of exactly 0, where every run starts.
# idea: max(0, −m) + log(1 + exp(−|m|)) has the right value everywhere. relu and abs
#   have a kink at 0 and torch takes 0 as slope of both, so with policy = reference
#   nothing is ever learnt.
# misconception: zero-gradient-at-ln2
import torch


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    margin = beta * h
    losses = torch.relu(-margin) + torch.log1p(torch.exp(-margin.abs()))
    return losses.mean()
