# id: gamma-outside-the-sigmoid
# message: γ is subtracted from the loss, outside the log-sigmoid.
# idea: People think of the target as a term of the loss. There it has no gradient and
#   changes only the number that is printed; inside, it decides which pairs still teach.
# misconception: correction-outside-the-sigmoid
import torch.nn.functional as F


def simpo_loss(
    policy_chosen, policy_rejected, chosen_lengths, rejected_lengths, beta, gamma
):
    chosen = policy_chosen / chosen_lengths
    rejected = policy_rejected / rejected_lengths
    return -F.logsigmoid(beta * (chosen - rejected)).mean() - gamma
