# id: sign-flipped
# message: Chosen and rejected are exchanged, so training pushes the rejected answers
#   up.
# idea: People think that it does not matter which side is subtracted from which. The
#   other way round the loss falls when the rejected answer gains.
# misconception: sign-flipped
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
    return -F.logsigmoid(-(beta * h + alpha * longer)).mean()
