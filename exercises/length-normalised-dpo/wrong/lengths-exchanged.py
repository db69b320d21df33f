# id: lengths-exchanged
# message: Each log-ratio is divided by the length of the other answer.
# idea: People attach the lengths in the wrong order. Length then counts twice instead
#   of not at all: the log-ratio of a long answer is divided by a short length.
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
    m = beta * (chosen / rejected_lengths - rejected / chosen_lengths)
    return -F.logsigmoid(m).mean()
