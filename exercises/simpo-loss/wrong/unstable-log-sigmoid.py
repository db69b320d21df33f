# id: unstable-log-sigmoid
# message: log(sigmoid(x)) is written out: at large margins the sigmoid is 0 and its
#   log −∞.
# idea: On paper the two are the same. In floating point the sigmoid of a very
#   negative number is 0, so the loss is infinite and the gradient NaN just where a pair
#   is most wrong.
# misconception: unstable-log-sigmoid
import torch


def simpo_loss(
    policy_chosen, policy_rejected, chosen_lengths, rejected_lengths, beta, gamma
):
    chosen = policy_chosen / chosen_lengths
    rejected = policy_rejected / rejected_lengths
    m = beta * (chosen - rejected) - gamma
    return -torch.log(torch.sigmoid(m)).mean()
