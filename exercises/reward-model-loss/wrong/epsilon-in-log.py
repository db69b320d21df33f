# id: epsilon-in-log
# message: a small constant is added inside the log, which caps the loss near 18 and
#   removes the gradient of the worst pairs.
# idea: The constant makes the NaN go away and looks like a repair. Pairs that are
#   badly wrong then get no gradient at all, and they need it most.
# misconception: unstable-log-sigmoid
import torch
import torch.nn.functional as F


def reward_model_loss(chosen_rewards, rejected_rewards):
    p = torch.sigmoid(chosen_rewards - rejected_rewards)
    return -torch.log(p + 1e-8).mean()
