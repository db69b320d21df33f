# id: two-sigmoids
# message: Chosen and rejected have a log-sigmoid each, and the two losses are added.
# idea: Each answer is judged good or bad for itself, as in BCO. Then the level of the
#   rewards counts, and β log Z(x) no longer cancels; the difference belongs inside
#   one sigmoid.
# misconception: sides-apart
import torch.nn.functional as F


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    chosen = policy_chosen - ref_chosen
    rejected = policy_rejected - ref_rejected
    losses = -F.logsigmoid(beta * chosen) - F.logsigmoid(-beta * rejected)
    return losses.mean()
