def pair_metrics(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    chosen = policy_chosen - ref_chosen
    rejected = policy_rejected - ref_rejected
    margin = beta * chosen.mean() - beta * rejected.mean()
    kind = policy_chosen.dtype
    implicit = (chosen > rejected).to(kind).mean()
    return margin, implicit, (policy_chosen > policy_rejected).to(kind).mean()
