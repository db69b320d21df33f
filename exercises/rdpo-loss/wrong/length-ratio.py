# id: length-ratio
# message: The logarithm of the ratio of the lengths is used instead of their
#   difference.
# idea: People compare lengths by their ratio. The price is paid for each token, so
#   the reward contains α|y| and the margin α times a difference.
# misconception: length-term-shape
import torch
import torch.nn.functional as F


def rdpo_loss(
    policy_chosen,
    policy_rejected,
    ref_chosen,
    ref_rejected,
    chosen_lengths,
    rejected_lengths,
    beta,
    alpha,
):
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    longer = torch.log(chosen_lengths.to(h.dtype) / rejected_lengths)
    return -F.logsigmoid(beta * h + alpha * longer).mean()
