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
    with torch.no_grad():
        z = max(0.0, (kl_policy_logps - kl_ref_logps).mean().item())
    x = beta * (policy_logps - ref_logps) - beta * z
    good = weight_desirable * (1 - torch.sigmoid(x[desirable]))
    bad = weight_undesirable * (1 - torch.sigmoid(-x[~desirable]))
    return torch.cat([good, bad]).mean()
