# id: chosen-length-for-both
# message: Both log-ratios are divided by the length of the chosen answer.
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
    m = beta * (chosen - rejected) / chosen_lengths
    return -F.logsigmoid(m).mean()
