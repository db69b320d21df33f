# id: cut-before-the-mean
# message: Each log-ratio is cut off at 0 before the mean is taken.
# idea: People think that no term of a KL may be negative. The single log-ratios have
#   both signs; cut one by one, their mean overestimates the KL.
# misconception: kl-estimate-has-a-sign
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
    z = (kl_policy_logps - kl_ref_logps).clamp(min=0).mean().detach()
    away = beta * (policy_logps - ref_logps - z)
    good = weight_desirable * (1 - torch.sigmoid(away))
    bad = weight_undesirable * (1 - torch.sigmoid(-away))
    return torch.where(desirable, good, bad).mean()
