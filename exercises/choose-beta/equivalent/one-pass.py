def choose_beta(runs, kl_budget):
    best = None
    for run in runs:
        rank = run["reward"], -run["kl"], run["beta"]
        if run["kl"] <= kl_budget and (best is None or rank > best):
            best = rank
    return best[2] if best else None
