import torch
import torch.nn.functional as F


def dpop_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta, lam):
    """The mean DPOP loss of a batch, a 0-d tensor in the dtype of the inputs.

    The four tensors have the shape (B,): summed log-probs in nats. beta is a float > 0,
    lam one ≥ 0: the weight of the penalty on a fallen chosen answer.
    """
    raise NotImplementedError("write the loss here")
