# id: no-reference
# message: The reference is missing: mean log-probs of the policy are compared, as in
#   SimPO without its γ.
# idea: People think that the division takes over the work of the reference. It
#   removes the length, but what is common or rare stays in the score, and nothing ties
#   the policy to its start.
# misconception: no-reference
import torch.nn.functional as F


def length_normalised_dpo(
    policy_chosen,
    policy_rejected,
    ref_chosen,
    ref_rejected,
    chosen_lengths,
    rejected_lengths,
    beta,
):
    chosen = policy_chosen / chosen_lengths
    rejected = policy_rejected / rejected_lengths
    return -F.logsigmoid(beta * (chosen - rejected)).mean()
