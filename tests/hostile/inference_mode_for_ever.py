"""Tries to enter inference mode and never to leave it.

Must hold: gradients are compared; a fork for each case forgets the mode.
"""

# stopped by: gradients

import torch

KEPT = torch.inference_mode()
KEPT.__enter__()


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    return -torch.nn.functional.logsigmoid(beta * h).mean()
