"""Tries to confuse the reader with the magic alone, on descriptors 1 to 20.

Must hold: lengths of a frame must match exactly.
"""

# stopped by: frame

import os


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    for descriptor in range(1, 21):
        try:
            os.write(descriptor, b"DBX1" + b"\xff" * 12)
        except OSError:
            continue
    return policy_chosen.sum() * 0
