import torch


def preference_probability(policy_logps, ref_logps, beta):
    """P(first ≻ second) for each prompt, shape (B,), in the dtype of the inputs.

    policy_logps, ref_logps: summed log-probs in nats, shape (B, 2), first and second
    answer to the same prompt; a row of policy_logps may be off by a constant.
    beta is a float > 0.
    """
    raise NotImplementedError("write the probability here")
