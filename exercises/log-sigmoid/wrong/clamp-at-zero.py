# id: clamp-at-zero
# message: The values are right everywhere, but the slope at x = 0 is 1 instead of ½.
# idea: clamp(max=0) equals min(x, 0), so it seems to be the same. Autograd
#   differentiates the formula: clamp has the slope 1 at its end and |x| has 0, so every
#   pair starts with twice its pull.
# misconception: same-values-same-gradient
import torch


def log_sigmoid(x):
    return x.clamp(max=0.0) - torch.log1p(torch.exp(-x.abs()))
