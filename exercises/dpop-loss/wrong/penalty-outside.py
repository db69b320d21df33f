# id: penalty-outside
# message: The penalty is a term of its own beside the log-sigmoid.
# idea: People think of a penalty as something added to a loss. In DPOP it stands
#   inside the log-sigmoid, so that it also raises the weight of the pair and fades when
#   the margin is large.
# misconception: correction-outside-the-sigmoid
import torch
import torch.nn.functional as F


def dpop_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta, lam):
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    fallen = torch.relu(ref_chosen - policy_chosen)
    return (-F.logsigmoid(beta * h) + lam * fallen).mean()
