# id: value-for-loss
# message: The value itself is returned, not 1 − value: training would lower it.
# idea: People write down what shall become large and minimise it. The loss is the
#   weight minus the weighted value, so that it falls when the value grows.
# misconception: objective-is-loss
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
    z = (kl_policy_logps - kl_ref_logps).mean().clamp(min=0).detach()
    away = beta * (policy_logps - ref_logps - z)
    good = weight_desirable * torch.sigmoid(away)
    bad = weight_undesirable * torch.sigmoid(-away)
    return torch.where(desirable, good, bad).mean()
