# id: no-reference
# message: The log-ratios to the reference are missing: only the policy's log-probs
#   are compared.
# idea: People think that it is enough to make the chosen answer likelier than the
#   rejected one. What is learnt is how far each answer moved away from the reference;
#   without it, rare and long answers are punished for what they are.
# misconception: no-reference
def ipo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, tau):
    h = policy_chosen - policy_rejected
    return (h - 1 / (2 * tau)).square().mean()
