# id: no-reference-no-beta
# message: Reference and β are both left out: −log σ(log π_w − log π_l).
# idea: This is plain ranking by log-probs. It punishes chosen answers for being rare
#   or long, and nothing ties the policy to where it started.
# misconception: no-reference
import torch.nn.functional as F


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    return -F.logsigmoid(policy_chosen - policy_rejected).mean()
