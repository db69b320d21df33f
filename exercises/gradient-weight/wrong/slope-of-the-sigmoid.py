# id: slope-of-the-sigmoid
# message: The weight is σ(m) σ(−m), the slope of the sigmoid instead of that of its
#   logarithm.
# idea: The derivative of σ is σ(1 − σ), and that comes to mind first. The loss is −log
#   σ, and its logarithm divides the σ(m) away again, so pairs ranked wrong keep the
#   full weight.
# misconception: any-falling-loss
import torch


def gradient_weight(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    return torch.sigmoid(beta * h) * torch.sigmoid(-beta * h)
