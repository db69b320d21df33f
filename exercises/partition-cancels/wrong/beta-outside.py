# id: beta-outside
# message: β multiplies the probability instead of standing inside the sigmoid.
# idea: β is taken for a weight of the result. Inside the sigmoid it scales the
#   rewards; outside, the two probabilities would no longer sum to 1.
# misconception: beta-outside
import torch


def preference_probability(policy_logps, ref_logps, beta):
    ratios = policy_logps - ref_logps
    return beta * torch.sigmoid(ratios[:, 0] - ratios[:, 1])
