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
    losses = []
    for k in range(len(policy_chosen)):
        gap = policy_chosen[k] - policy_rejected[k] - ref_chosen[k] + ref_rejected[k]
        longer = int(chosen_lengths[k] - rejected_lengths[k])
        losses.append(-F.logsigmoid(beta * gap + alpha * longer))
    return sum(losses) / len(losses)
