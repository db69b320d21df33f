# id: ratio-of-probabilities
# message: the ratios of probabilities are subtracted; their logs are missing.
# idea: The ratio π / ref is what the formula shows, so it is compared. The reward is
#   the log of the ratio, and only in the log is c(x) a summand that cancels.
# misconception: log-for-probability
import torch


def preference_probability(policy_logps, ref_logps, beta):
    ratios = torch.exp(policy_logps - ref_logps)
    return torch.sigmoid(beta * (ratios[:, 0] - ratios[:, 1]))
