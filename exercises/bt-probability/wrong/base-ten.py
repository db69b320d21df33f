# id: base-ten
# message: the difference is the exponent of 10, as in Elo ratings, instead of the
#   exponent of e.
# idea: Chess uses the same model with powers of 10. Rewards are in nats, and one nat
#   is the factor e in the odds.
# misconception: units-of-logs
import torch


def bt_probability(r_first, r_second):
    return 1 / (1 + 10 ** (r_second - r_first))
