# id: no-reference
# message: The reference is missing from the scored answers: σ is taken of β(log π −
#   z).
# idea: People think that it is enough to make the chosen answer likelier than the
#   rejected one. What is learnt is how far each answer moved away from the reference;
#   without it, rare and long answers are punished for what they are.
# misconception: no-reference
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
    away = beta * (policy_logps - z)
    good = weight_desirable * (1 - torch.sigmoid(away))
    bad = weight_undesirable * (1 - torch.sigmoid(-away))
    return torch.where(desirable, good, bad).mean()
