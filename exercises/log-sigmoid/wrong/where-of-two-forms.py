# id: where-of-two-forms
# message: Each sign of x has its stable form, chosen by torch.where; the values are
#   right, but the gradient is NaN at large x.
# idea: torch.where seems to compute only the branch that it takes. Both are computed
#   and differentiated, and 0 times the ∞ of the other one is NaN.
# misconception: same-values-same-gradient
import torch


def log_sigmoid(x):
    below = x - torch.log1p(torch.exp(x))
    above = -torch.log1p(torch.exp(-x))
    return torch.where(x < 0, below, above)
