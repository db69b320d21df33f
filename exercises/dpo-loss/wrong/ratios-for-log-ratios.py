# id: ratios-for-log-ratios
# message: The margin is a difference of the ratios π/ref, not of their logs.
# idea: The implicit reward is remembered as β times the ratio, so the log-ratios are
#   put through exp. The reward is β times the log of the ratio; exp overflows
#   besides.
# misconception: inputs-are-probabilities
import torch
import torch.nn.functional as F


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    chosen = policy_chosen - ref_chosen
    rejected = policy_rejected - ref_rejected
    margin = beta * (torch.exp(chosen) - torch.exp(rejected))
    return -F.logsigmoid(margin).mean()
