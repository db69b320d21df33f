# id: relu-at-zero
# message: The values are right everywhere, but the slope at x = 0 is 0 instead of ½.
# idea: −relu(−x) equals min(x, 0), so it seems to be the same. Autograd differentiates
#   the formula: relu has the slope 0 at 0 and so has |x|, and training that starts at a
#   margin of 0 would never move.
# misconception: same-values-same-gradient
import torch


def log_sigmoid(x):
    return -torch.relu(-x) - torch.log1p(torch.exp(-x.abs()))
