# id: budget-ignored
# message: The highest reward is taken whatever its KL.
# idea: People take the run with the highest reward for the best one. Far from the
#   reference the judge is easily fooled and the text falls apart; that is what the
#   budget is for.
# misconception: reward-at-any-kl
def choose_beta(runs, kl_budget):
    best = max(runs, default=None, key=lambda run: (run["reward"], -run["kl"], run["beta"]))
    return best["beta"] if best else None
