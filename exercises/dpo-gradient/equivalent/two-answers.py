import numpy as np


def dpo_gradient(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    rewards = beta * np.stack(
        [policy_chosen - ref_chosen, policy_rejected - ref_rejected]
    )
    rewards -= rewards.max(axis=0)
    wins = np.exp(rewards) / np.exp(rewards).sum(axis=0)
    gradient = beta * wins[1] / len(policy_chosen)
    return -gradient, gradient
