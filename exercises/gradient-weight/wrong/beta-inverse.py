# id: beta-inverse
# message: The gap is divided by β instead of multiplied with it.
# idea: exp(r/β) in the best policy suggests a division. Solved for the reward, β
#   changes sides: r̂ = β log(π/ref).
# misconception: beta-inverse
import torch


def gradient_weight(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    return torch.sigmoid(-h / beta)
