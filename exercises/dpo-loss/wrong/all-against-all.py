# id: all-against-all
# message: Every chosen answer is compared with every rejected one of the batch:
#   shapes (B, 1) and (1, B) were broadcast to (B, B).
# idea: A stray dimension lets the subtraction run over all B² combinations without an
#   error. Only answers to the same prompt may be compared, since only then the
#   partition function cancels.
# misconception: z-cancels-across-prompts
import torch.nn.functional as F


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    chosen = policy_chosen - ref_chosen
    rejected = policy_rejected - ref_rejected
    margins = beta * (chosen[:, None] - rejected[None, :])
    return -F.logsigmoid(margins).mean()
