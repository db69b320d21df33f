# id: beta-outside
# message: β multiplies the loss instead of standing inside the log-sigmoid.
# idea: People read β as the weight of a loss term. Inside the sigmoid it decides at
#   which distance the push fades; outside it only scales the gradient.
# misconception: beta-outside
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
    chosen, rejected = policy_chosen - ref_chosen, policy_rejected - ref_rejected
    m = chosen / chosen_lengths - rejected / rejected_lengths
    return -beta * F.logsigmoid(m).mean()
