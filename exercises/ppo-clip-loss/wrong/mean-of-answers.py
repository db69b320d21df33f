# id: mean-of-answers
# message: Each answer is averaged by itself, and then the answers are averaged.
# idea: A mean of means looks like the mean. It weighs a token of a short answer more
#   than one of a long answer; here every token under True weighs the same.
# misconception: mean-of-means
import torch


def ppo_clip_loss(logps, old_logps, advantages, mask, clip):
    ratio = torch.exp(logps - old_logps)
    clipped = ratio.clamp(1 - clip, 1 + clip)
    gains = torch.min(ratio * advantages, clipped * advantages)
    return -((gains * mask).sum(1) / mask.sum(1).clamp(min=1)).mean()
