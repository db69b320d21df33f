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
    gap = policy_chosen / chosen_lengths - policy_rejected / rejected_lengths
    gap = gap - (ref_chosen / chosen_lengths - ref_rejected / rejected_lengths)
    return F.softplus(-beta * gap).mean()
