# id: probabilities-for-log-probs
# message: The log-probs are turned into probabilities first, and those are
#   subtracted.
# idea: Probabilities feel safer to compare than logs. Those of whole answers are
#   nearly 0, so every margin is about 0 and the loss stays at about ln 2.
# misconception: inputs-are-probabilities
import torch
import torch.nn.functional as F


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    chosen = torch.exp(policy_chosen) - torch.exp(ref_chosen)
    rejected = torch.exp(policy_rejected) - torch.exp(ref_rejected)
    return -F.logsigmoid(beta * (chosen - rejected)).mean()
