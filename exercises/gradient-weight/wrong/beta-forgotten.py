# id: beta-forgotten
# message: β is missing inside the sigmoid.
# idea: The task says "without β", but that is the factor in front. Inside, β turns the
#   log-ratios into rewards and decides at which distance the weight fades.
# misconception: margin-without-beta
import torch


def gradient_weight(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    return torch.sigmoid(-h)
