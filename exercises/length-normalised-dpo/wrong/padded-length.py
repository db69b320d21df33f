# id: padded-length
# message: Every log-ratio is divided by the longest length of the batch, the padded
#   one.
# idea: People take the mean over the token axis of a padded batch. That counts the
#   padding as tokens, so the same answer scores differently beside a longer neighbour.
# misconception: padded-length
import torch
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
    padded = torch.maximum(chosen_lengths, rejected_lengths).max()
    return -F.logsigmoid(beta * (chosen - rejected) / padded).mean()
