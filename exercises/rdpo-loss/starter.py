import torch
import torch.nn.functional as F


def rdpo_loss(
    policy_chosen,
    policy_rejected,
    ref_chosen,
    ref_rejected,
    chosen_lengths,
    rejected_lengths,
    beta,
    alpha,
):
    """The mean R-DPO loss of a batch, a 0-d tensor in the dtype of the log-probs.

    The first four tensors have the shape (B,): summed log-probs in nats. The lengths
    (B,) are int64, in tokens. beta is a float > 0, alpha one ≥ 0: reward per token.
    """
    raise NotImplementedError("write the loss here")
