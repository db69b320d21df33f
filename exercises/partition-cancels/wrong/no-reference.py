# id: no-reference
# message: the reference is left out: only the policy's log-probs are compared.
# idea: The likelier answer is taken for the preferred one. What counts is how far
#   each answer moved away from the reference; a short answer is likely anyway.
# misconception: no-reference
import torch


def preference_probability(policy_logps, ref_logps, beta):
    return torch.sigmoid(beta * (policy_logps[:, 0] - policy_logps[:, 1]))
