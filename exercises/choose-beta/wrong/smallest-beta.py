# id: smallest-beta
# message: The affordable run with the smallest β is taken, whatever its reward.
# idea: People think that a small β is gentle and keeps the policy near. It is the
#   other way round: a small β makes distance cheap.
# misconception: beta-reversed
def choose_beta(runs, kl_budget):
    affordable = [run for run in runs if run["kl"] <= kl_budget]
    if not affordable:
        return None
    return min(run["beta"] for run in affordable)
