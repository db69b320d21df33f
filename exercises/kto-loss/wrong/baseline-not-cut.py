# id: baseline-not-cut
# message: The baseline is not cut off at 0.
# idea: People know that a KL is never negative and see no need for the max. The
#   estimate from a few samples can well be negative, and then it would move the middle
#   below 0.
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
    z = (kl_policy_logps - kl_ref_logps).mean().detach()
    away = beta * (policy_logps - ref_logps - z)
    good = weight_desirable * (1 - torch.sigmoid(away))
    bad = weight_undesirable * (1 - torch.sigmoid(-away))
    return torch.where(desirable, good, bad).mean()
