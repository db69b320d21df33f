# id: no-reference
# message: The reference is left out: −log σ(β(log π_w − log π_l)).
# idea: The loss is meant to make the chosen answer likelier than the rejected one, so
#   two log-probs seem enough. What counts is how far each answer moved away from the
#   reference.
# misconception: no-reference
import torch.nn.functional as F


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    return -F.logsigmoid(beta * (policy_chosen - policy_rejected)).mean()
