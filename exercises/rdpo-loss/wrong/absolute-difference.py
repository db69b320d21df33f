# id: absolute-difference
# message: The size of the difference in length is used, without its sign.
# idea: People want to discount every pair of unequal lengths. A chosen answer that is
#   shorter won in spite of its length, and its pair must teach more, not less.
# misconception: length-term-shape
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
    longer = (chosen_lengths - rejected_lengths).abs()
    return -F.logsigmoid(beta * h + alpha * longer).mean()
