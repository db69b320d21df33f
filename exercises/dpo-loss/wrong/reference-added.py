# id: reference-added
# message: The reference's log-probs are added where they are subtracted.
# idea: Four numbers and three signs are easily mixed up, or the reference is taken
#   for a second vote. The ratio π/ref becomes a difference of logs: what the
#   reference already says is taken away.
# misconception: reference-by-any-sign
import torch.nn.functional as F


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    h = (policy_chosen - policy_rejected) + (ref_chosen - ref_rejected)
    return -F.logsigmoid(beta * h).mean()
