# id: lengths-averaged
# message: The mean difference in length of the batch is used for every pair.
# idea: People correct the batch for its mean length. The term has to tell apart, pair
#   by pair, who won by length and who did not.
# misconception: mean-before-log
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
    longer = (chosen_lengths - rejected_lengths).to(h.dtype).mean()
    return -F.logsigmoid(beta * h + alpha * longer).mean()
