# id: penalty-without-beta
# message: β multiplies the gap only and not the penalty.
# idea: People do not mind on which side of β a constant stands. DPOP's penalty is
#   counted in nats like the gap, and β multiplies both; outside, λ would change its
#   meaning with β.
# misconception: inside-or-outside-beta
import torch
import torch.nn.functional as F


def dpop_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta, lam):
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    fallen = torch.relu(ref_chosen - policy_chosen)
    return -F.logsigmoid(beta * h - lam * fallen).mean()
