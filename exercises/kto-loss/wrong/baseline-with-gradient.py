# id: baseline-with-gradient
# message: A gradient flows through the baseline z.
# idea: People differentiate whatever depends on the policy. z is an estimate of where
#   the policy stands; with a gradient, the loss would also be lowered by moving the
#   middle.
# misconception: baseline-is-trained
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
    z = (kl_policy_logps - kl_ref_logps).mean().clamp(min=0)
    away = beta * (policy_logps - ref_logps - z)
    good = weight_desirable * (1 - torch.sigmoid(away))
    bad = weight_undesirable * (1 - torch.sigmoid(-away))
    return torch.where(desirable, good, bad).mean()
