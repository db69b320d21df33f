# id: epsilon-unused
# message: ε has no effect: this is plain DPO.
# idea: People trust that a flag does something because it is accepted. Here, and in
#   some library versions, the loss is the same for every ε.
# misconception: flag-is-used
import torch.nn.functional as F


def cdpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta, epsilon):
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    return -F.logsigmoid(beta * h).mean()
