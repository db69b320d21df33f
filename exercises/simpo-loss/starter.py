import torch
import torch.nn.functional as F


def simpo_loss(
    policy_chosen, policy_rejected, chosen_lengths, rejected_lengths, beta, gamma
):
    """The mean SimPO loss of a batch, a 0-d tensor in the dtype of the log-probs.

    The first two tensors have the shape (B,): summed log-probs in nats. The lengths (B,)
    are int64, in tokens. beta is a float > 0, gamma one ≥ 0: the target reward margin.
    """
    raise NotImplementedError("write the loss here")
