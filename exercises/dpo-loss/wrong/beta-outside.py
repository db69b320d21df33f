# id: beta-outside
# message: β multiplying the loss instead of standing inside the log-sigmoid. There it
#   only scales the gradient and no longer decides where the push fades.
import torch.nn.functional as F


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    return -beta * F.logsigmoid(h).mean()
