# id: sum-for-mean
# message: The loss is summed over the batch where its mean is asked for.
# idea: People leave the size of the batch to the learning rate. With the sum, a step
#   grows with the number of pairs, and so does every constant beside it.
# misconception: sum-for-mean
import torch.nn.functional as F


def simpo_loss(
    policy_chosen, policy_rejected, chosen_lengths, rejected_lengths, beta, gamma
):
    chosen = policy_chosen / chosen_lengths
    rejected = policy_rejected / rejected_lengths
    return -F.logsigmoid(beta * (chosen - rejected) - gamma).sum()
