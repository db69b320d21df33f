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
    chosen, rejected = policy_chosen - ref_chosen, policy_rejected - ref_rejected
    discount = alpha * chosen_lengths - alpha * rejected_lengths
    return -F.logsigmoid(beta * chosen - beta * rejected + discount).mean()
