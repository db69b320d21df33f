# id: sign-flipped
# message: Chosen and rejected are exchanged, so training pushes the rejected answers
#   up.
# idea: People think that it does not matter which side is subtracted from which. The
#   other way round the loss falls when the rejected answer gains.
# misconception: sign-flipped
import torch.nn.functional as F


def length_normalised_dpo(
    policy_chosen,
    policy_rejected,
    ref_chosen,
    ref_rejected,
    chosen_lengths,
    rejected_lengths,
    beta,
):
    chosen, rejected = policy_chosen - ref_chosen, policy_rejected - ref_rejected
    m = beta * (rejected / rejected_lengths - chosen / chosen_lengths)
    return -F.logsigmoid(m).mean()
