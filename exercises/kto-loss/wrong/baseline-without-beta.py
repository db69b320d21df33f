# id: baseline-without-beta
# message: z is subtracted after β has multiplied the log-ratio.
# idea: People do not mind on which side of β a constant stands. z is in nats like the
#   log-ratio, so both are multiplied by β.
# misconception: inside-or-outside-beta
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
    away = beta * (policy_logps - ref_logps) - z
    good = weight_desirable * (1 - torch.sigmoid(away))
    bad = weight_undesirable * (1 - torch.sigmoid(-away))
    return torch.where(desirable, good, bad).mean()
