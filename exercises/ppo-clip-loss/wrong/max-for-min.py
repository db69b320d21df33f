# id: max-for-min
# message: The larger of the two products is taken instead of the smaller.
# idea: With the minus in front, the maximum of the losses is right, and so the maximum
#   slips inside. PPO takes the pessimistic product: of ρA and clip(ρ)A the smaller one.
# misconception: clip-limits-both-ways
import torch


def ppo_clip_loss(logps, old_logps, advantages, mask, clip):
    ratio = torch.exp(logps - old_logps)
    clipped = ratio.clamp(1 - clip, 1 + clip)
    gains = torch.max(ratio * advantages, clipped * advantages)
    return -(gains * mask).sum() / mask.sum()
