# id: last-of-the-ties
# message: Of runs with the same reward the last in the list is taken.
# idea: People think that runs with the same reward are equally good. The same reward
#   at a smaller KL was cheaper, and the order of a list says nothing.
# misconception: ties-do-not-matter
def choose_beta(runs, kl_budget):
    best = None
    for run in runs:
        if run["kl"] <= kl_budget and (best is None or run["reward"] >= best["reward"]):
            best = run
    return best["beta"] if best else None
