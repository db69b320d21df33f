# id: winner-takes-all
# message: the answer with the higher reward gets 1 and the other one 0.
# idea: A higher reward is read as a sure win. Bradley-Terry gives chances: a lead of
#   one nat wins 73 times in 100.
# misconception: preference-is-certain
import torch


def bt_probability(r_first, r_second):
    won = (r_first > r_second).to(r_first.dtype)
    return won + 0.5 * (r_first == r_second).to(r_first.dtype)
