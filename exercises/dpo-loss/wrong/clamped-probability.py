# id: clamped-probability
# message: The sigmoid is clamped to 1e-6 … 1 − 1e-6 before the log.
# idea: Clamping a probability away from 0 and 1 is an old habit against infinite
#   logs. Where it clamps, the gradient is 0, so the worst pairs are not learnt from.
# misconception: unstable-log-sigmoid
import torch


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    probability = torch.sigmoid(beta * h).clamp(1e-6, 1.0 - 1e-6)
    return -torch.log(probability).mean()
