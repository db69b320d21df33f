# id: unstable-log-sigmoid
# message: log σ(m) and log(1 − σ(m)) are written out: at large margins one of the two
#   is −∞.
# idea: On paper the two are the same. In floating point the sigmoid of a very
#   negative number is 0, so the loss is infinite and the gradient NaN just where a pair
#   is most wrong.
# misconception: unstable-log-sigmoid
import torch


def cdpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta, epsilon):
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    p = torch.sigmoid(beta * h)
    return (-(1 - epsilon) * torch.log(p) - epsilon * torch.log(1 - p)).mean()
