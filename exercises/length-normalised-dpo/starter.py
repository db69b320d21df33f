import torch
import torch.nn.functional as F


def length_normalised_dpo(
    policy_chosen,
    policy_rejected,
    ref_chosen,
    ref_rejected,
    chosen_lengths,
    rejected_lengths,
    beta,
):
    """The mean length-normalised DPO loss, a 0-d tensor in the log-probs' dtype.

    The first four tensors have the shape (B,): summed log-probs in nats. The lengths
    (B,) are int64, in tokens, at least 1. beta is a float > 0.
    """
    raise NotImplementedError("write the loss here")
