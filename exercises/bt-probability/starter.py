import torch


def bt_probability(r_first, r_second):
    """P(first ≻ second) for each prompt, shape (B,), in the dtype of the inputs.

    r_first, r_second: rewards in nats, shape (B,), between −10,000 and 10,000.
    """
    raise NotImplementedError("write the probability here")
