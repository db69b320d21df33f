# id: odds
# message: exp(r_first − r_second) is returned, which is the odds and may exceed 1.
# idea: Each nat of difference multiplies something by e, and that something is taken
#   for the probability. It is the odds p / (1 − p); the probability is odds / (1 +
#   odds).
# misconception: odds-are-probabilities
import torch


def bt_probability(r_first, r_second):
    return torch.exp(r_first - r_second)
