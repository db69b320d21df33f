# id: no-reference
# message: The reference is left out: the weight is made from the policy's log-probs
#   alone.
# idea: The policy's own log-probs seem to say which answer it prefers. The implicit
#   reward is how far an answer moved away from the reference, so at the start every
#   weight is ½.
# misconception: no-reference
import torch


def gradient_weight(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    return torch.sigmoid(beta * (policy_rejected - policy_chosen))
