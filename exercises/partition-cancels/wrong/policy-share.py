# id: policy-share
# message: this is how often the policy writes the first answer if it writes one of
#   the two.
# idea: A softmax over the two answers is a probability that does not depend on the
#   constant. It says what the policy writes, not what it prefers compared with the
#   reference.
# misconception: raw-for-implicit
import torch


def preference_probability(policy_logps, ref_logps, beta):
    return torch.softmax(policy_logps, dim=1)[:, 0]
