# id: sign-flipped
# message: the difference is the second reward minus the first, so this is the
#   probability that the second answer is preferred.
# idea: It seems not to matter which reward is subtracted from which, as σ is
#   symmetric. It is symmetric around ½: σ(−x) is 1 − σ(x), the probability of the
#   opposite.
# misconception: sign-flipped
import torch


def bt_probability(r_first, r_second):
    return torch.sigmoid(r_second - r_first)
