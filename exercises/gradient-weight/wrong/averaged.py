# id: averaged
# message: The weights are averaged over the batch, where one for each pair is asked
#   for.
# idea: Losses end in a mean, so a mean at the end looks right. The weight differs from
#   pair to pair, which is all its use.
# misconception: weight-is-constant
import torch


def gradient_weight(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    return torch.sigmoid(-beta * h).mean()
