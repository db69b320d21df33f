import torch


def kto_loss(
    policy_logps,
    ref_logps,
    desirable,
    kl_policy_logps,
    kl_ref_logps,
    beta,
    weight_desirable,
    weight_undesirable,
):
    z = (kl_policy_logps - kl_ref_logps).detach().mean().clamp(min=0)
    losses = []
    for policy, ref, good in zip(policy_logps, ref_logps, desirable, strict=True):
        x = beta * (policy - ref - z)
        if good:
            losses.append(weight_desirable * (1 - torch.sigmoid(x)))
        else:
            losses.append(weight_undesirable * (1 - torch.sigmoid(-x)))
    return sum(losses) / len(losses)
