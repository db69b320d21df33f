# id: ratio-of-logs
# message: Log-probs are divided by each other, log π / log ref, where the log of a
#   ratio is their difference.
# idea: "Log-ratio" is read as a ratio of logs. The log of π/ref is log π − log ref.
# misconception: reference-by-any-sign
import torch.nn.functional as F


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    h = policy_chosen / ref_chosen - policy_rejected / ref_rejected
    return -F.logsigmoid(beta * h).mean()
