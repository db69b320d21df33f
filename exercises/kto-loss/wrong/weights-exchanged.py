# id: weights-exchanged
# message: Each kind has the weight of the other.
# idea: People expect the weights to hold the two kinds apart and give each the weight
#   of the other. A weight only scales the losses of its own kind.
# misconception: weight-turns-the-push
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
    good = weight_undesirable * (1 - torch.sigmoid(away))
    bad = weight_desirable * (1 - torch.sigmoid(-away))
    return torch.where(desirable, good, bad).mean()
