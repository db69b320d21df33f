# id: sum-not-mean-per-token
# message: The log-ratios are not divided by the lengths: this is plain DPO.
# idea: People think that the sum takes no notice of length. Each token adds its part
#   to the log-ratio, so a longer answer can move the margin further.
# misconception: length-is-free
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
    return -F.logsigmoid(beta * (chosen - rejected)).mean()
