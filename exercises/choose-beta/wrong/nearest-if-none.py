# id: nearest-if-none
# message: Where no run is affordable, the nearest one is returned instead of None.
# idea: People want to come home with something. A run beyond the budget is beyond it;
#   the answer is that the sweep needs larger β or fewer steps.
# misconception: budget-is-a-guide
def choose_beta(runs, kl_budget):
    affordable = [run for run in runs if run["kl"] <= kl_budget]
    if not runs:
        return None
    if not affordable:
        return min(runs, key=lambda run: run["kl"])["beta"]
    best = max(affordable, key=lambda run: (run["reward"], -run["kl"], run["beta"]))
    return best["beta"]
