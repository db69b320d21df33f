# id: kl-charged-again
# message: Runs are compared by reward − β · KL instead of by reward.
# idea: People compare runs by the objective that each was trained on. Each β sets
#   another price, so these numbers do not compare; the budget is the one price for all.
# misconception: kl-paid-twice
def choose_beta(runs, kl_budget):
    affordable = [run for run in runs if run["kl"] <= kl_budget]
    if not affordable:
        return None
    best = max(affordable, key=lambda run: run["reward"] - run["beta"] * run["kl"])
    return best["beta"]
