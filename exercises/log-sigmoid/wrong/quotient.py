# id: quotient
# message: The sigmoid is written as exp(x)/(1 + exp(x)): NaN for large positive x, log
#   0 for large negative x.
# idea: The textbook form of σ is a quotient of exponentials. Both ends overflow or
#   vanish, although the result is a harmless number.
# misconception: paper-is-not-float
import torch


def log_sigmoid(x):
    grown = torch.exp(x)
    return torch.log(grown / (1 + grown))
