import numpy as np


def dpo_gradient(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    """The pair (∂L/∂policy_chosen, ∂L/∂policy_rejected) of the mean DPO loss L.

    The four arrays have the shape (B,): summed log-probs in nats. beta is a float > 0.
    Returns two arrays of shape (B,).
    """
    raise NotImplementedError("write the gradient here")
