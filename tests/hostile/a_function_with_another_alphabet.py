"""Tries a name that looks like dpo_loss and is spelt with a Cyrillic letter.

Must hold: a function that is missing is said to be missing.
"""

# stopped by: verdict

import torch


def dpo_lоss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    return -torch.nn.functional.logsigmoid(beta * h).mean()
