# id: flat-at-equal
# message: the log-sigmoid is put together from |x| and max(0, −x), whose slopes at 0
#   are both taken as 0, so equal rewards get no gradient.
# idea: The two parts add up to the right value, so the gradient seems right as well.
#   At a kink autograd picks one slope, here 0; the true slope at equal rewards is ½.
# misconception: same-values-same-gradient
import torch
import torch.nn.functional as F


def reward_model_loss(chosen_rewards, rejected_rewards):
    gap = chosen_rewards - rejected_rewards
    return (torch.log1p(torch.exp(-gap.abs())) + F.relu(-gap)).mean()
