# id: raw-ratio
# message: the raw rewards are divided, r_first / (r_first + r_second), without taking
#   their exponentials.
# idea: A share of the total looks like a probability. Rewards have no zero and may be
#   negative: add 100 to both and the ratio changes, while the preference stays.
# misconception: reward-scale-meaningful
import torch


def bt_probability(r_first, r_second):
    return r_first / (r_first + r_second)
