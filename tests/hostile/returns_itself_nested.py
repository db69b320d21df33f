"""Tries a list that holds itself, and a tuple that lies about its length.

Must hold: only the exact types count; nothing walks into what comes back.
"""

# stopped by: carrying


class Long(tuple):
    def __len__(self):
        return 1 << 62

    def __iter__(self):
        while True:
            yield self


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    nested = []
    nested.append(nested)
    return Long([nested])
