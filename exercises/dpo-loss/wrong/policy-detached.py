# id: policy-detached
# message: The policy's log-probs are detached: the value is right, and nothing can be
#   learnt from it.
# idea: Detaching is known to be right for the reference, so it is done to all four.
#   The gradient has to reach the policy's log-probs.
# misconception: loss-without-graph
import torch.nn.functional as F


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    chosen = policy_chosen.detach() - ref_chosen
    rejected = policy_rejected.detach() - ref_rejected
    return -F.logsigmoid(beta * (chosen - rejected)).mean()
