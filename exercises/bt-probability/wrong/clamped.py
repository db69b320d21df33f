# id: clamped
# message: the difference is clamped before the sigmoid, so far apart rewards give
#   0.0000454 instead of 0.
# idea: A clamp looks like a guard against overflow. The sigmoid needs no guard, and
#   behind the clamp the result is wrong and the gradient is 0.
# misconception: clamp-is-harmless
import torch


def bt_probability(r_first, r_second):
    return torch.sigmoid(torch.clamp(r_first - r_second, -10.0, 10.0))
