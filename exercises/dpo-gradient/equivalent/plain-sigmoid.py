import numpy as np


def dpo_gradient(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    margin = beta * ((policy_chosen - policy_rejected) - (ref_chosen - ref_rejected))
    weight = 1.0 / (1.0 + np.exp(margin))  # 1 / ∞ is 0, as it should be
    return -beta * weight / margin.size, beta * weight / margin.size
