# id: ties-half-won
# message: Ties count as half won.
# idea: Half a point for a tie is usual in games. The accuracy in a log counts pairs
#   that are told apart the right way, and a tie is not told apart.
# misconception: accuracy-is-confidence

def pair_metrics(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    m = beta * ((policy_chosen - ref_chosen) - (policy_rejected - ref_rejected))
    raw = policy_chosen - policy_rejected
    return m.mean(), ((m.sign() + 1) / 2).mean(), ((raw.sign() + 1) / 2).mean()
