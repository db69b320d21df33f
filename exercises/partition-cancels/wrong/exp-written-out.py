# id: exp-written-out
# message: exp(r₁) / (exp(r₁) + exp(r₂)) is computed as it is written, and the
#   exponentials leave the range of floats.
# idea: The formula is right on paper, and the constant cancels in it as well. In
#   floats exp(10,000) is inf before anything can cancel.
# misconception: paper-is-not-float
import torch


def preference_probability(policy_logps, ref_logps, beta):
    rewards = beta * (policy_logps - ref_logps)
    weights = torch.exp(rewards)
    return weights[:, 0] / weights.sum(dim=1)
