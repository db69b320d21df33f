import torch


def ppo_clip_loss(logps, old_logps, advantages, mask, clip):
    """PPO's clipped loss, a 0-d tensor: the mean over all tokens under True.

    logps, old_logps, advantages (B, T), log-probs in nats. mask (B, T), bool. clip: a
    float between 0 and 1.
    """
    raise NotImplementedError("write the loss here")
