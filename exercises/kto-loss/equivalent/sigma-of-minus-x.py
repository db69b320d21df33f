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
    z = torch.relu((kl_policy_logps - kl_ref_logps).mean()).detach()
    sign = torch.where(desirable, -1.0, 1.0).to(policy_logps.dtype)
    losses = torch.sigmoid(sign * beta * (policy_logps - ref_logps - z))
    weights = torch.where(desirable, weight_desirable, weight_undesirable)
    return (weights.to(losses.dtype) * losses).mean()
