# id: mean-of-each-kind
# message: The means of the two kinds are added, where one mean over all answers is
#   asked for.
# idea: People balance the kinds by averaging each. That is what the two weights are
#   for; with separate means a single rare answer counts as much as all others together.
# misconception: mean-of-each-kind
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
    good = weight_desirable * (1 - torch.sigmoid(away))[desirable]
    bad = weight_undesirable * (1 - torch.sigmoid(-away))[~desirable]
    return sum(losses.mean() for losses in (good, bad) if len(losses))
