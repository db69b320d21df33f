# id: alpha-inside-beta
# message: The length term stands inside the factor β: −log σ(β(h + α(|y_w| −
#   |y_l|))).
# idea: People do not mind on which side of β a constant stands. α is a reward per
#   token, and rewards are compared after β has turned nats into them.
# misconception: inside-or-outside-beta
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
    longer = chosen_lengths - rejected_lengths
    return -F.logsigmoid(beta * (h + alpha * longer)).mean()
