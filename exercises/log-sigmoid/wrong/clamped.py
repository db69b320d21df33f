# id: clamped
# message: x is clamped first, so beyond the clamp the value stands still and the
#   gradient is 0.
# idea: A clamp keeps the exponential within bounds. It also cuts the gradient exactly
#   where a pair is badly wrong.
# misconception: unstable-log-sigmoid
import torch


def log_sigmoid(x):
    return torch.log(torch.sigmoid(x.clamp(-30.0, 30.0)))
