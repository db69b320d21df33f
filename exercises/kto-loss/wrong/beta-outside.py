# id: beta-outside
# message: β multiplies the loss instead of standing inside the log-sigmoid.
# idea: People read β as the weight of a loss term. Inside the sigmoid it decides at
#   which distance the push fades; outside it only scales the gradient.
# misconception: beta-outside
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
    away = policy_logps - ref_logps - z
    good = weight_desirable * (1 - torch.sigmoid(away))
    bad = weight_undesirable * (1 - torch.sigmoid(-away))
    return beta * torch.where(desirable, good, bad).mean()
