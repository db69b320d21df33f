"""Tries to abort, and to leave a core file.

Must hold: RLIMIT_CORE; only this child ends.
"""

# stopped by: rlimits, fresh fork

import os


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    os.abort()
