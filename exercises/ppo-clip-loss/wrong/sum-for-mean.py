# id: sum-for-mean
# message: The sum over the tokens is returned where their mean is asked for.
# idea: Adding up is the first half of a mean. With a sum, the step grows with the
#   number of tokens in the batch.
# misconception: sum-for-mean
import torch


def ppo_clip_loss(logps, old_logps, advantages, mask, clip):
    ratio = torch.exp(logps - old_logps)
    clipped = ratio.clamp(1 - clip, 1 + clip)
    gains = torch.min(ratio * advantages, clipped * advantages)
    return -(gains * mask).sum()
