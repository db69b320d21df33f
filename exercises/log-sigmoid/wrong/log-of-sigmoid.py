# id: log-of-sigmoid
# message: The sigmoid is taken first and its logarithm afterwards, which is −∞ for
#   large negative x.
# idea: On paper log(σ(x)) is all there is to it. In floating point σ(−1000) is 0, its
#   logarithm −∞ and the gradient NaN.
# misconception: unstable-log-sigmoid
import torch


def log_sigmoid(x):
    return torch.log(torch.sigmoid(x))
