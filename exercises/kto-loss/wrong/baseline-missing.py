# id: baseline-missing
# message: The baseline z is missing: log-ratios are compared with 0.
# idea: People think that 0 is the natural middle, as in DPO. A policy that has moved
#   gives many answers a higher log-ratio; z says how far it moved on the whole, and
#   only what exceeds it counts.
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
    away = beta * (policy_logps - ref_logps)
    good = weight_desirable * (1 - torch.sigmoid(away))
    bad = weight_undesirable * (1 - torch.sigmoid(-away))
    return torch.where(desirable, good, bad).mean()
