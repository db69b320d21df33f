import torch


def bt_probability(r_first, r_second):
    return torch.exp(r_first - torch.logaddexp(r_first, r_second))
