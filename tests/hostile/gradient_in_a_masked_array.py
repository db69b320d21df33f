"""Tries arrays of a subclass that masks every entry.

Must hold: only the exact type counts.
"""

# stopped by: carrying
# exercise: dpo-gradient

import numpy as np


def dpo_gradient(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    hidden = np.ma.masked_all(policy_chosen.shape)
    return hidden, hidden
