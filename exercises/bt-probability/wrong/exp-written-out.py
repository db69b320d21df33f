# id: exp-written-out
# message: exp(r_first) / (exp(r_first) + exp(r_second)) is computed as it is written,
#   and the exponentials leave the range of floats.
# idea: The formula is right on paper, so it is typed in as it stands. exp(800) is inf
#   and exp(−800) is 0, and inf / inf and 0 / 0 are NaN; the difference of the rewards
#   is harmless.
# misconception: paper-is-not-float
import torch


def bt_probability(r_first, r_second):
    first, second = torch.exp(r_first), torch.exp(r_second)
    return first / (first + second)
