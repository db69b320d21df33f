# id: beta-subtracted
# message: β is subtracted from the gap as a target margin: −log σ(h − β).
# idea: β is read as the distance that the chosen answer must win by. It is a factor
#   of h; a target margin is what SimPO calls γ.
# misconception: variants-are-dpo
import torch.nn.functional as F


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    return -F.logsigmoid(h - beta).mean()
