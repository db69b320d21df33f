# id: beta-inverse
# message: The margin is divided by β instead of multiplied with it.
# idea: exp(r/β) in the best policy suggests a division. Solved for the reward, β
#   changes sides: r̂ = β log(π/ref).
# misconception: beta-inverse

def pair_metrics(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    raw = policy_chosen > policy_rejected
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    return (h / beta).mean(), (h > 0).to(h.dtype).mean(), raw.to(h.dtype).mean()
