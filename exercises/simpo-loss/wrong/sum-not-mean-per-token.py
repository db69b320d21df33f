# id: sum-not-mean-per-token
# message: The log-probs are not divided by the lengths.
# idea: People think that the sum takes no notice of length. Without a reference it is
#   almost nothing but length: the longer answer has the lower sum.
# misconception: length-is-free
import torch.nn.functional as F


def simpo_loss(
    policy_chosen, policy_rejected, chosen_lengths, rejected_lengths, beta, gamma
):
    m = beta * (policy_chosen - policy_rejected) - gamma
    return -F.logsigmoid(m).mean()
