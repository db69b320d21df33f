import torch
import torch.nn.functional as F


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    """The mean DPO loss of a batch, a 0-d tensor in the dtype of the inputs.

    The four tensors have the shape (B,): summed log-probs in nats. beta is a float > 0.
    """
    raise NotImplementedError("write the loss here")
