# id: rewards-below-zero
# message: Runs with a reward of 0 or less are never chosen.
# idea: People start the search at a reward of 0, as if that were the worst. Rewards
#   have no zero point: add a constant to all of them, and the best run must stay the
#   same.
# misconception: reward-scale-meaningful
def choose_beta(runs, kl_budget):
    best, reward = None, 0.0
    order = sorted(runs, key=lambda run: (run["kl"], -run["beta"]))
    for run in order:
        if run["kl"] <= kl_budget and run["reward"] > reward:
            best, reward = run["beta"], run["reward"]
    return best
