def choose_beta(runs, kl_budget):
    order = sorted(runs, key=lambda run: (-run["reward"], run["kl"], -run["beta"]))
    for run in order:
        if run["kl"] <= kl_budget:
            return run["beta"]
    return None
