# id: reference-added
# message: The reference's log-probs are added where they are subtracted.
# idea: In a difference of differences a sign is soon lost. Policy and reference stand
#   on opposite sides of each log-ratio, so equal models give 0.
# misconception: reference-by-any-sign
import torch


def gradient_weight(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    h = (policy_chosen + ref_chosen) - (policy_rejected + ref_rejected)
    return torch.sigmoid(-beta * h)
