# id: smaller-beta-last
# message: Where reward and KL are equal, the smaller β is taken.
# idea: People think that the smaller β is the more careful choice. A larger β is the
#   higher price of distance, so of two equal runs it is the one that is held more
#   firmly.
# misconception: beta-reversed
def choose_beta(runs, kl_budget):
    affordable = [run for run in runs if run["kl"] <= kl_budget]
    if not affordable:
        return None
    best = max(affordable, key=lambda run: (run["reward"], -run["kl"], -run["beta"]))
    return best["beta"]
