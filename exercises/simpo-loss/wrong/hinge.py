# id: hinge
# message: A hinge is used: pairs beyond the target margin cost nothing.
# idea: People know a target margin from the hinge loss. SimPO keeps the log-sigmoid
#   of Bradley–Terry; γ only shifts it, and every pair keeps some pull.
# misconception: any-falling-loss
import torch.nn.functional as F


def simpo_loss(
    policy_chosen, policy_rejected, chosen_lengths, rejected_lengths, beta, gamma
):
    chosen = policy_chosen / chosen_lengths
    rejected = policy_rejected / rejected_lengths
    return F.relu(gamma - beta * (chosen - rejected)).mean()
