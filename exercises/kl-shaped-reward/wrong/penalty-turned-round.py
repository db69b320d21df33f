# id: penalty-turned-round
# message: The penalty has the wrong sign: tokens that the policy prefers to the
#   reference are paid for it.
# idea: A minus in front and a difference behind are easily turned round together. A
#   token that the policy makes likelier than the reference does must cost something, or
#   drifting away pays.
# misconception: kl-turned-round
import torch


def kl_shaped_reward(scores, policy_logps, ref_logps, mask, kl_coef):
    penalty = -kl_coef * (policy_logps - ref_logps) * mask
    last = mask.shape[1] - 1 - mask.flip(1).int().argmax(dim=1)
    rows = torch.arange(len(scores))
    rewards = -penalty
    rewards[rows, last] += scores
    return rewards
