# id: beta-outside
# message: β multiplies the loss instead of standing inside the log-sigmoid.
# idea: People read β as the weight of a loss term. Inside the sigmoid it decides at
#   which distance the push fades; outside it only scales the gradient.
# misconception: beta-outside
import torch.nn.functional as F


def simpo_loss(
    policy_chosen, policy_rejected, chosen_lengths, rejected_lengths, beta, gamma
):
    chosen = policy_chosen / chosen_lengths
    rejected = policy_rejected / rejected_lengths
    return -beta * F.logsigmoid(chosen - rejected - gamma).mean()
