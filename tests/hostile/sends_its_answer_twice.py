"""Tries to double the honest frame, right values and all.

Must hold: a result is exactly one frame.
"""

# stopped by: frame

import os

import torch

write = os.write


def twice(descriptor, data):
    if descriptor == 3:
        write(descriptor, data)
    return write(descriptor, data)


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    os.write = twice
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    return -torch.nn.functional.logsigmoid(beta * h).mean()
