import torch
import torch.nn.functional as F


def cdpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta, epsilon):
    """The mean cDPO loss of a batch, a 0-d tensor in the dtype of the inputs.

    The four tensors have the shape (B,): summed log-probs in nats. beta is a float > 0,
    epsilon one from 0 to below 0.5: the probability of a wrong label.
    """
    raise NotImplementedError("write the loss here")
