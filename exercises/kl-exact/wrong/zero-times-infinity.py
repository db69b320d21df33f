# id: zero-times-infinity
# message: an outcome with probability 0 gives 0 · (−∞), which is NaN, instead of
#   counting 0.
# idea: On paper 0 · log 0 is 0, so nothing seems to be needed. In floats it is NaN,
#   and one NaN makes the whole sum NaN.
# misconception: paper-is-not-float
import torch


def kl_exact(logp, logq):
    return (logp.exp() * (logp - logq)).sum(-1)
