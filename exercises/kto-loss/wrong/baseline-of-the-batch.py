# id: baseline-of-the-batch
# message: The baseline is the mean log-ratio of the scored answers themselves.
# idea: People save the second batch. The answers that are scored were picked for
#   their label; the KL is estimated on others, and a middle of the same answers cancels
#   part of what they say.
# misconception: kto-without-baseline
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
    z = (policy_logps - ref_logps).mean().clamp(min=0).detach()
    away = beta * (policy_logps - ref_logps - z)
    good = weight_desirable * (1 - torch.sigmoid(away))
    bad = weight_undesirable * (1 - torch.sigmoid(-away))
    return torch.where(desirable, good, bad).mean()
