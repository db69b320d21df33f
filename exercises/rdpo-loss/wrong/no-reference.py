# id: no-reference
# message: The log-ratios to the reference are missing: only the policy's log-probs
#   are compared.
# idea: People think that it is enough to make the chosen answer likelier than the
#   rejected one. What is learnt is how far each answer moved away from the reference;
#   without it, rare and long answers are punished for what they are.
# misconception: no-reference
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
    longer = chosen_lengths - rejected_lengths
    m = beta * (policy_chosen - policy_rejected)
    return -F.logsigmoid(m + alpha * longer).mean()
