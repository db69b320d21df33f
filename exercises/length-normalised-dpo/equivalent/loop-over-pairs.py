import torch
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
    losses = []
    for k in range(len(policy_chosen)):
        chosen = (policy_chosen[k] - ref_chosen[k]) / chosen_lengths[k]
        rejected = (policy_rejected[k] - ref_rejected[k]) / rejected_lengths[k]
        losses.append(-F.logsigmoid(beta * (chosen - rejected)))
    return torch.stack(losses).mean()
