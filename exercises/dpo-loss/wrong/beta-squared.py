# id: beta-squared
# message: β is applied twice: the margin is β² h.
# idea: The implicit rewards already carry β, and the loss multiplies with it once
#   more. It belongs in one of the two places.
# misconception: beta-outside
import torch.nn.functional as F


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    reward_chosen = beta * (policy_chosen - ref_chosen)
    reward_rejected = beta * (policy_rejected - ref_rejected)
    return -F.logsigmoid(beta * (reward_chosen - reward_rejected)).mean()
