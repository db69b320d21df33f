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
    dtype = policy_chosen.dtype
    chosen = beta * (policy_chosen - ref_chosen) / chosen_lengths.to(dtype)
    rejected = beta * (policy_rejected - ref_rejected) / rejected_lengths.to(dtype)
    return -F.logsigmoid(chosen - rejected).mean()
