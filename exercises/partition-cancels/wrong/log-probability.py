# id: log-probability
# message: the log-sigmoid is returned: the log of the probability, never above 0.
# idea: The DPO loss has a log-sigmoid in it, so it is used here too. The log belongs
#   to the loss; the probability is the sigmoid.
# misconception: log-for-probability
import torch
import torch.nn.functional as F


def preference_probability(policy_logps, ref_logps, beta):
    rewards = beta * (policy_logps - ref_logps)
    return F.logsigmoid(rewards[:, 0] - rewards[:, 1])
