# id: penalty-outside
# message: The length term is added to the loss, outside the log-sigmoid.
# idea: People think of a price as a term of its own in the loss. The lengths are data
#   and have no gradient: outside the log-sigmoid the term changes the printed loss and
#   nothing that is learnt.
# misconception: correction-outside-the-sigmoid
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
    longer = (chosen_lengths - rejected_lengths).to(h.dtype)
    return (-F.logsigmoid(beta * h) + alpha * longer).mean()
