# id: base-two
# message: The logarithm has the base 2 instead of e.
# idea: Entropies are often given in bits. Log-probs in this course are nats, and the
#   slope at 0 is ½ only for the natural logarithm.
# misconception: loss-scale-is-free
import torch


def log_sigmoid(x):
    return -torch.logaddexp(torch.zeros_like(x), -x) / torch.log(torch.full_like(x, 2.0))
