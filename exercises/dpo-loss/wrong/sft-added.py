# id: sft-added
# message: The negative log-prob of the chosen answer is added to the loss.
# idea: Adding the SFT loss keeps the chosen log-probs up (RPO does this), so it is
#   taken for a part of DPO. It is another loss, with a weight of its own.
# misconception: variants-are-dpo
import torch.nn.functional as F


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    return -F.logsigmoid(beta * h).mean() - policy_chosen.mean()
