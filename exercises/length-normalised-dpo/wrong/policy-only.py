# id: policy-only
# message: Only the policy's log-probs are divided; the reference's stay sums.
# idea: People think of normalisation as something done to the model's score. A mean
#   minus a sum is no log-ratio: at policy = reference it is far from 0.
# misconception: reference-by-any-sign
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
    chosen = policy_chosen / chosen_lengths - ref_chosen
    rejected = policy_rejected / rejected_lengths - ref_rejected
    return -F.logsigmoid(beta * (chosen - rejected)).mean()
