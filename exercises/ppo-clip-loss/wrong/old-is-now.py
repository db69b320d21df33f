# id: old-is-now
# message: The ratio is taken to the policy's own detached log-probs, so it is always 1
#   and nothing is ever clipped.
# idea: At the first update both are the same numbers, and code for it works. After the
#   first of several updates π has left the policy that wrote the batch, which is what ρ
#   is there to correct.
# misconception: ratio-is-policy-over-ref
import torch


def ppo_clip_loss(logps, old_logps, advantages, mask, clip):
    ratio = torch.exp(logps - logps.detach())
    clipped = ratio.clamp(1 - clip, 1 + clip)
    gains = torch.min(ratio * advantages, clipped * advantages)
    return -(gains * mask).sum() / mask.sum()
