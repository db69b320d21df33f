# id: mean-length-for-both
# message: The gap is divided by the mean length of the two answers.
# idea: People normalise a pair with one number. Then the longer answer of the pair
#   still counts more; each answer needs its own length.
# misconception: one-length-for-both
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
    lengths = (chosen_lengths + rejected_lengths).to(chosen.dtype) / 2
    return -F.logsigmoid(beta * (chosen - rejected) / lengths).mean()
