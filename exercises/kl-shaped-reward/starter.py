import torch


def kl_shaped_reward(scores, policy_logps, ref_logps, mask, kl_coef):
    """The reward of every token, (B, T), 0 outside the mask.

    scores (B,). policy_logps, ref_logps (B, T), nats. mask (B, T), bool. kl_coef: a float
    of at least 0.
    """
    raise NotImplementedError("write the rewards here")
