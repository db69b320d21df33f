"""Tries to leave nothing to import: empties sys.modules and the import path.

Must hold: what the answer needs was imported before, or the case fails.
"""

# stopped by: frame

import sys


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    for name in ("torch", "numpy", "json", "struct", "os", "frame", "linecache"):
        sys.modules[name] = None
    sys.path.clear()
    sys.meta_path.clear()
    return policy_chosen.sum() * 0
