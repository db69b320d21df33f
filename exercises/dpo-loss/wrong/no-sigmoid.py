# id: no-sigmoid
# message: The log-sigmoid is missing: the loss is −β h, which pushes every pair
#   equally and for ever.
# idea: Raise chosen, lower rejected: the difference of the implicit rewards looks
#   like all that is needed. The log-sigmoid is what lets a pair go once it is learnt.
# misconception: any-falling-loss


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    return -(beta * h).mean()
