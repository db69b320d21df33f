# id: length-term-minus
# message: The length term is subtracted, so a longer chosen answer gets more weight.
# idea: A price on length looks as if it had to be subtracted. The reward is solved
#   for, and there the price comes back with a plus: a longer chosen answer is expected
#   to win, so its pair must teach less.
# misconception: length-term-minus
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
    longer = chosen_lengths - rejected_lengths
    return -F.logsigmoid(beta * h - alpha * longer).mean()
