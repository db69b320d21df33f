# id: positive-side
# message: The form x − log(1 + exp(x)) is used for all x; it is ∞ − ∞ for large
#   positive x.
# idea: This form is right on paper and safe for negative x. For x = 1000 the
#   exponential overflows, so the sign of x must decide which form is used.
# misconception: paper-is-not-float
import torch


def log_sigmoid(x):
    return x - torch.log1p(torch.exp(x))
