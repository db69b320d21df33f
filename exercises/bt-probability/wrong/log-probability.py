# id: log-probability
# message: the log-sigmoid is returned: the log of the probability, never above 0.
# idea: The loss of a reward model has a log-sigmoid in it, so it is used here too.
#   The log belongs to the likelihood; the probability itself is the sigmoid.
# misconception: log-for-probability
import torch
import torch.nn.functional as F


def bt_probability(r_first, r_second):
    return F.logsigmoid(r_first - r_second)
