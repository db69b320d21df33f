# id: one-sign-for-both
# message: Undesirable answers are treated like desirable ones: all are pushed up.
# idea: People expect the weight to tell the two kinds apart. A weight changes the
#   size of a push; only the sign inside the sigmoid turns it round.
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
    weights = torch.where(desirable, weight_desirable, weight_undesirable)
    return (weights.to(away.dtype) * (1 - torch.sigmoid(away))).mean()
