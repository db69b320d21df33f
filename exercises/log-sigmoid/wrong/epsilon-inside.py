# id: epsilon-inside
# message: A small constant stands inside the logarithm, so values stop near −18 and the
#   gradient fades to 0 where it should be 1.
# idea: The constant keeps the logarithm finite, and that looks like a repair. The worst
#   pairs, which need the push most, get no gradient any more.
# misconception: unstable-log-sigmoid
import torch


def log_sigmoid(x):
    return torch.log(torch.sigmoid(x) + 1e-8)
