import torch
import torch.nn.functional as F


def orpo_loss(chosen_mean_logps, rejected_mean_logps, lam):
    """The mean ORPO loss of a batch, a 0-d tensor in the dtype of the inputs.

    The two tensors have the shape (B,): mean log-probs per token in nats, from −30 to
    −1e-6. lam is a float > 0: the weight of the preference term.
    """
    raise NotImplementedError("write the loss here")
