# id: log-taken-again
# message: The log is taken of numbers that are log-probs already, which gives NaN.
# idea: The formula says log π, so the inputs are put through log. They are logs
#   already, and negative.
# misconception: inputs-are-probabilities
import torch
import torch.nn.functional as F


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    chosen = torch.log(policy_chosen) - torch.log(ref_chosen)
    rejected = torch.log(policy_rejected) - torch.log(ref_rejected)
    return -F.logsigmoid(beta * (chosen - rejected)).mean()
