# id: beta-before-kl
# message: Ties in the reward go to the larger β before KL is looked at.
# idea: People let β stand for KL, since a larger β ends nearer. A run of limited
#   length can break that order; KL was measured, so it is what counts.
# misconception: beta-stands-for-kl
def choose_beta(runs, kl_budget):
    affordable = [run for run in runs if run["kl"] <= kl_budget]
    if not affordable:
        return None
    best = max(affordable, key=lambda run: (run["reward"], run["beta"]))
    return best["beta"]
