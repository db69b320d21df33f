# id: budget-excluded
# message: A run whose KL equals the budget is thrown out.
# idea: People read “at most” as “less than”. A budget may be spent in full.
# misconception: budget-is-a-guide
def choose_beta(runs, kl_budget):
    affordable = [run for run in runs if run["kl"] < kl_budget]
    if not affordable:
        return None
    best = max(affordable, key=lambda run: (run["reward"], -run["kl"], run["beta"]))
    return best["beta"]
