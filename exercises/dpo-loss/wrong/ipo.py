# id: ipo
# message: This is the IPO loss, (h − 1/(2β))², in place of the DPO loss.
# idea: IPO has the same arguments and is often called a variant of DPO. It pulls h to
#   a fixed target; DPO's −log σ(β h) has none.
# misconception: variants-are-dpo


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    return ((h - 1.0 / (2.0 * beta)) ** 2).mean()
