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
    chosen = beta * (policy_chosen - ref_chosen) + alpha * chosen_lengths
    rejected = beta * (policy_rejected - ref_rejected) + alpha * rejected_lengths
    return F.softplus(rejected - chosen).mean()
