import torch
import torch.nn.functional as F


def dpop_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta, lam):
    fallen = torch.where(
        policy_chosen < ref_chosen, ref_chosen - policy_chosen, 0 * policy_chosen
    )
    gap = (policy_chosen - policy_rejected) - (ref_chosen - ref_rejected)
    return -F.logsigmoid(beta * gap - beta * lam * fallen).mean()
