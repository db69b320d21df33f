# id: log-ratios-added
# message: The log-ratios of chosen and rejected are added where one is subtracted
#   from the other.
# idea: Both answers belong to the pair, so both log-ratios are summed up. Then the
#   rejected answer is raised along with the chosen one; the margin is a difference.
# misconception: sign-flipped
import torch.nn.functional as F


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    h = (policy_chosen - ref_chosen) + (policy_rejected - ref_rejected)
    return -F.logsigmoid(beta * h).mean()
