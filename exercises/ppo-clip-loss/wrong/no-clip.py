# id: no-clip
# message: There is no clip: the loss is −ρA.
# idea: The KL penalty already seems to hold the policy back. It pulls to the reference;
#   the clip ends the gain from one batch once π has left π_old.
# misconception: clip-is-kl-penalty
import torch


def ppo_clip_loss(logps, old_logps, advantages, mask, clip):
    ratio = torch.exp(logps - old_logps)
    return -(ratio * advantages * mask).sum() / mask.sum()
