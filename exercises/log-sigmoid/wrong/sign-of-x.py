# id: sign-of-x
# message: This is log σ(−x): the sign of x is turned round.
# idea: The minus inside the exponential is easily lost or doubled. σ rises with x, so
#   its logarithm must go to 0 for large x, not to −x.
# misconception: sign-flipped
import torch


def log_sigmoid(x):
    return -torch.logaddexp(torch.zeros_like(x), x)
