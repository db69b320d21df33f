# id: sum-for-mean
# message: The loss is summed over the batch where its mean is asked for.
# idea: People leave the size of the batch to the learning rate. With the sum, a step
#   grows with the number of pairs, and so does every constant beside it.
# misconception: sum-for-mean
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
    good = weight_desirable * (1 - torch.sigmoid(away))
    bad = weight_undesirable * (1 - torch.sigmoid(-away))
    return torch.where(desirable, good, bad).sum()
