# id: log-sigmoid
# message: −log σ is used in place of 1 − σ.
# idea: People carry DPO's log-sigmoid over. KTO's value function levels off on both
#   sides, so an answer that is hopelessly wrong, perhaps by a wrong label, has almost
#   no pull.
# misconception: kto-value-is-a-log
import torch
import torch.nn.functional as F


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
    good = -weight_desirable * F.logsigmoid(away)
    bad = -weight_undesirable * F.logsigmoid(-away)
    return torch.where(desirable, good, bad).mean()
