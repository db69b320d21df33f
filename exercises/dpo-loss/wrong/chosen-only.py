# id: chosen-only
# message: The rejected answer is left out: −log σ(β(log π_w − log ref_w)).
# idea: Raising the chosen answer seems to be the aim, and the rejected one to follow
#   by itself. A pair says which of two is better; without the second there is nothing
#   that the first is better than.
# misconception: sides-apart
import torch.nn.functional as F


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    return -F.logsigmoid(beta * (policy_chosen - ref_chosen)).mean()
