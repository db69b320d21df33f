import torch


def bt_probability(r_first, r_second):
    return (1 + torch.tanh((r_first - r_second) / 2)) / 2
