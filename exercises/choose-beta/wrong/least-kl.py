# id: least-kl
# message: The affordable run with the smallest KL is taken, whatever its reward.
# idea: People take the nearest run for the safe one. A run that has hardly moved has
#   learnt hardly anything; the budget already says what is safe, and within it the
#   reward decides.
# misconception: least-kl-is-best
def choose_beta(runs, kl_budget):
    affordable = [run for run in runs if run["kl"] <= kl_budget]
    if not affordable:
        return None
    best = min(affordable, key=lambda run: (run["kl"], -run["beta"]))
    return best["beta"]
