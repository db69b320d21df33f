import torch


def pair_metrics(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    """(mean margin, implicit accuracy, raw accuracy), three 0-d tensors.

    The four tensors have the shape (B,): summed log-probs in nats. beta is a float > 0.
    """
    raise NotImplementedError("write the three numbers here")
