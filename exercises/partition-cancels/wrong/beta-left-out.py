# id: beta-left-out
# message: β is left out: σ of the difference of the log-ratios.
# idea: The log-ratios seem to say all that the policy has learnt. The reward is β
#   times the log-ratio, and Bradley-Terry needs rewards.
# misconception: beta-is-optional
import torch


def preference_probability(policy_logps, ref_logps, beta):
    ratios = policy_logps - ref_logps
    return torch.sigmoid(ratios[:, 0] - ratios[:, 1])
