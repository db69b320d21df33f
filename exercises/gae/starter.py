import torch


def gae(rewards, values, mask, gamma, lam):
    """(advantages, returns), each (B, T), 0 outside the mask.

    rewards, values (B, T). mask (B, T), bool, one block of True in each row. gamma, lam:
    floats from 0 to 1.
    """
    raise NotImplementedError("write advantages and returns here")
