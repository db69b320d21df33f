# id: no-reference
# message: The log-ratios to the reference are missing: only the policy's log-probs
#   are compared.
# idea: People think that it is enough to make the chosen answer likelier than the
#   rejected one. What is learnt is how far each answer moved away from the reference;
#   without it, rare and long answers are punished for what they are.
# misconception: no-reference
import torch.nn.functional as F


def cdpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta, epsilon):
    m = beta * (policy_chosen - policy_rejected)
    return (-(1 - epsilon) * F.logsigmoid(m) - epsilon * F.logsigmoid(-m)).mean()
