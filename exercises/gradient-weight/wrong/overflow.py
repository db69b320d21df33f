# id: overflow
# message: The sigmoid is written as exp(−m)/(1 + exp(−m)), which is ∞/∞ = NaN for a
#   pair that is badly wrong.
# idea: On paper this is σ(−m). In floating point exp(1000) is ∞, and ∞/∞ is no number.
# misconception: paper-is-not-float
import torch


def gradient_weight(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    grown = torch.exp(-beta * h)
    return grown / (1 + grown)
