"""As a binary classification whose label is always one."""

import torch
from torch import nn


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    logits = beta * ((policy_chosen - ref_chosen) - (policy_rejected - ref_rejected))
    return nn.BCEWithLogitsLoss()(logits, torch.ones_like(logits))
