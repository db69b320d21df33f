# id: length-term-missing
# message: The length term is missing: this is plain DPO.
# idea: People expect that lengths matter only where the log-probs are summed. Each
#   token adds its part to the gap, so longer chosen answers win cheaply unless a term
#   accounts for it.
# misconception: length-is-free
import torch.nn.functional as F


def rdpo_loss(
    policy_chosen,
    policy_rejected,
    ref_chosen,
    ref_rejected,
    chosen_lengths,
    rejected_lengths,
    beta,
    alpha,
):
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    return -F.logsigmoid(beta * h).mean()
