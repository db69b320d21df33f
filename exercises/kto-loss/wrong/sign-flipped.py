# id: sign-flipped
# message: Desirable and undesirable are exchanged: answers with a thumb down are
#   pushed up.
# idea: People think that the sign is a convention. The loss of a desirable answer
#   must fall when its log-ratio grows, so 1 − σ has a plus inside for it.
# misconception: sign-flipped
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
    good = weight_desirable * (1 - torch.sigmoid(-away))
    bad = weight_undesirable * (1 - torch.sigmoid(away))
    return torch.where(desirable, good, bad).mean()
