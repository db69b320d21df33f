# id: sign-flipped
# message: Chosen and rejected are swapped in the margin, so training would push the
#   rejected answers up.
# idea: People think that the order of the two log-ratios does not matter, since the
#   first loss is ln 2 either way. The loss must fall when the chosen answer gains on
#   the rejected one.
# misconception: sign-flipped
import torch.nn.functional as F


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    h = (policy_rejected - ref_rejected) - (policy_chosen - ref_chosen)
    return -F.logsigmoid(beta * h).mean()
