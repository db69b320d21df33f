import torch


def ipo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, tau):
    """The mean IPO loss of a batch, a 0-d tensor in the dtype of the inputs.

    The four tensors have the shape (B,): summed log-probs in nats. tau is a float > 0.
    """
    raise NotImplementedError("write the loss here")
