# id: sign-flipped
# message: The minus in front is missing, so training would make the answers worse.
# idea: The paper writes an objective to be raised. An optimizer lowers its loss, so the
#   loss is minus the objective.
# misconception: objective-is-loss
import torch


def ppo_clip_loss(logps, old_logps, advantages, mask, clip):
    ratio = torch.exp(logps - old_logps)
    clipped = ratio.clamp(1 - clip, 1 + clip)
    gains = torch.min(ratio * advantages, clipped * advantages)
    return (gains * mask).sum() / mask.sum()
