# id: beta-inverse
# message: The margin is divided by β instead of multiplied with it.
# idea: The best policy contains r/β, so β is divided by here too. Solved for the
#   reward the β changes sides: r̂ = β log(π/ref).
# misconception: beta-inverse
import torch.nn.functional as F


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    return -F.logsigmoid(h / beta).mean()
