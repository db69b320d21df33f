# id: in-bits
# message: The loss is in bits: log₂ where the natural logarithm is asked for.
# idea: Information is often counted in bits, and the base of a logarithm looks like a
#   matter of taste. Log-probs are in nats here, and another base scales the loss and
#   its gradient by 1.44.
# misconception: loss-scale-is-free
import math

import torch.nn.functional as F


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    return -F.logsigmoid(beta * h).mean() / math.log(2.0)
