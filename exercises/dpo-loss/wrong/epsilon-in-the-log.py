# id: epsilon-in-the-log
# message: A small constant stands inside the log, log(σ(x) + 1e-8), and takes the
#   gradient from the pairs that are most wrong.
# idea: The constant keeps the log finite, so it looks safe. It caps the loss at 18.4
#   and leaves no slope there, just where the push should be strongest.
# misconception: unstable-log-sigmoid
import torch


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    return -torch.log(torch.sigmoid(beta * h) + 1e-8).mean()
