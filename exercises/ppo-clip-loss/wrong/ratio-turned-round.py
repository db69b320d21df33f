# id: ratio-turned-round
# message: The ratio is π_old/π instead of π/π_old.
# idea: Which policy stands below is easily mixed up. The policy that wrote the batch is
#   in the denominator, so that a token that became likelier has ρ > 1.
# misconception: ratio-is-policy-over-ref
import torch


def ppo_clip_loss(logps, old_logps, advantages, mask, clip):
    ratio = torch.exp(old_logps - logps)
    clipped = ratio.clamp(1 - clip, 1 + clip)
    gains = torch.min(ratio * advantages, clipped * advantages)
    return -(gains * mask).sum() / mask.sum()
