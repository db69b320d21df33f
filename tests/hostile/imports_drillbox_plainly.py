"""Tries `import drillbox.reference`, as a person would who found it in the docs.

Must hold: the import hook says why not, at every level.
"""

# stopped by: import hook

import drillbox.reference.losses as losses


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    return losses.dpo_loss(
        policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta
    )
