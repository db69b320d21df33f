# id: weight-of-a-half
# message: The weight is ½ for every pair, as if the policy still equalled the
#   reference.
# idea: At the first step the weight is ½ for all, and it is taken for a constant. It
#   is σ(−β h) and changes as the policy moves.
# misconception: weight-is-constant
import numpy as np


def dpo_gradient(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    gradient = np.full(len(policy_chosen), 0.5 * beta / len(policy_chosen))
    return -gradient, gradient
