# id: chosen-length-only
# message: Only the length of the chosen answer enters.
# idea: People think that a long chosen answer is what has to be discounted.
#   Bradley–Terry compares two rewards, and each contains the length of its own answer.
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
    return -F.logsigmoid(beta * h + alpha * chosen_lengths).mean()
