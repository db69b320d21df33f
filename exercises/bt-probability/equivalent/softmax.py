import torch


def bt_probability(r_first, r_second):
    return torch.softmax(torch.stack((r_first, r_second), dim=1), dim=1)[:, 0]
