# id: beta-also-outside
# message: β stands inside the log-sigmoid and once more in front of it.
# idea: The factor β of the gradient is put into the loss as well. The chain rule
#   brings it out by itself.
# misconception: beta-outside
import torch.nn.functional as F


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    return -beta * F.logsigmoid(beta * h).mean()
