# id: kl-added
# message: A KL penalty, β times the mean log-ratio, is added to the loss.
# idea: The objective of RLHF has a KL price, so the loss is given one too. The price
#   was used up in the derivation; what it left is the reference and β inside the
#   sigmoid.
# misconception: dpo-has-kl-term
import torch.nn.functional as F


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    penalty = beta * (policy_chosen - ref_chosen).mean()
    return -F.logsigmoid(beta * h).mean() + penalty
