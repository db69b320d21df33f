# id: reward-per-nat
# message: Runs are compared by reward per nat of KL.
# idea: People look for the best value for money. Near the reference a tiny gain
#   divided by a tiny KL beats everything; what is wanted is the most reward within the
#   budget.
# misconception: least-kl-is-best
def choose_beta(runs, kl_budget):
    affordable = [run for run in runs if run["kl"] <= kl_budget]
    if not affordable:
        return None
    best = max(affordable, key=lambda run: run["reward"] / run["kl"])
    return best["beta"]
