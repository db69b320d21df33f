# id: weight-sign
# message: The weight is σ(r̂_w − r̂_l), the probability that the pair is ranked right.
# idea: Right pairs seem to deserve more weight. The gradient repairs what is wrong:
#   pairs ranked right fade out, pairs ranked wrong pull at full strength.
# misconception: weight-sign
import torch


def gradient_weight(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    return torch.sigmoid(beta * h)
