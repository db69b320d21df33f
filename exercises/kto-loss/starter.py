import torch


def kto_loss(
    policy_logps,
    ref_logps,
    desirable,
    kl_policy_logps,
    kl_ref_logps,
    beta,
    weight_desirable,
    weight_undesirable,
):
    """The mean KTO loss of a batch, a 0-d tensor in the dtype of the log-probs.

    policy_logps, ref_logps: (B,), summed log-probs in nats. desirable: (B,), bool.
    kl_policy_logps, kl_ref_logps: (M,), of other answers, for the baseline. beta and the
    weights are floats > 0.
    """
    raise NotImplementedError("write the loss here")
