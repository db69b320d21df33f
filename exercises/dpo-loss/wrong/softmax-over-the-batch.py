# id: softmax-over-the-batch
# message: The margins are put through a softmax over the batch, as if the pairs
#   competed with each other.
# idea: Contrastive losses compare with the other rows of the batch, and log_softmax
#   looks like a log-sigmoid. Each pair is a comparison of its own, and other prompts
#   have no part in it.
# misconception: z-cancels-across-prompts
import torch.nn.functional as F


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    return -F.log_softmax(beta * h, dim=0).mean()
