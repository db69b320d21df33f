# id: two-sigmoids-halved
# message: Chosen and rejected have a log-sigmoid each, and the two losses are
#   averaged.
# idea: The batch is seen as 2B answers with the labels good and bad. DPO's label
#   belongs to the pair, so the difference of the two rewards is inside one sigmoid.
# misconception: sides-apart
import torch.nn.functional as F


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    chosen = policy_chosen - ref_chosen
    rejected = policy_rejected - ref_rejected
    losses = -F.logsigmoid(beta * chosen) - F.logsigmoid(-beta * rejected)
    return losses.mean() / 2
