# id: positive
# message: This is −log σ(x): the minus of the loss has been built in.
# idea: The loss is a negative log-sigmoid, so the minus comes along. A logarithm of a
#   probability is never positive.
# misconception: objective-is-loss
import torch


def log_sigmoid(x):
    return torch.logaddexp(torch.zeros_like(x), -x)
