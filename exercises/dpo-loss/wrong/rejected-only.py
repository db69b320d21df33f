# id: rejected-only
# message: The chosen answer is left out: only the rejected one is pushed down.
# idea: DPO is said to lower rejected answers more than it raises chosen ones. The
#   loss needs the difference of both; pushing down alone moves mass anywhere.
# misconception: sides-apart
import torch.nn.functional as F


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    return -F.logsigmoid(-beta * (policy_rejected - ref_rejected)).mean()
