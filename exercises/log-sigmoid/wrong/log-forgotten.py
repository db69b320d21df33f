# id: log-forgotten
# message: This is the sigmoid itself, without the logarithm.
# idea: Both rise with x, so either seems to do as a goal. The sigmoid is flat for badly
#   wrong pairs, its logarithm keeps the slope 1 there.
# misconception: any-falling-loss
import torch


def log_sigmoid(x):
    return torch.sigmoid(x)
