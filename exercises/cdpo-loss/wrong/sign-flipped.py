# id: sign-flipped
# message: The weights 1 − ε and ε are exchanged, or chosen and rejected are: the loss
#   believes each label with probability ε.
# idea: People think that it does not matter which of the two losses gets which
#   weight. The label is right with probability 1 − ε, so that weight belongs to −log
#   σ(m).
# misconception: sign-flipped
import torch.nn.functional as F


def cdpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta, epsilon):
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    m = beta * h
    return (-epsilon * F.logsigmoid(m) - (1 - epsilon) * F.logsigmoid(-m)).mean()
