# id: nan-to-zero-at-the-end
# message: 0 · (−∞) gives NaN, and the sum that it spoils is replaced by 0 as a whole.
# idea: The NaN is seen in the result and mended there. One outcome counts 0, the
#   others still count; the term must be mended before the sum.
# misconception: paper-is-not-float
import torch


def kl_exact(logp, logq):
    return (logp.exp() * (logp - logq)).sum(-1).nan_to_num(0.0)
