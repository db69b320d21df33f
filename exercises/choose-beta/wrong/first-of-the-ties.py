# id: first-of-the-ties
# message: Of runs with the same reward the first in the list is taken.
# idea: People think that runs with the same reward are equally good. The same reward
#   at a smaller KL was cheaper, and the order of a list says nothing.
# misconception: ties-do-not-matter
def choose_beta(runs, kl_budget):
    affordable = [run for run in runs if run["kl"] <= kl_budget]
    if not affordable:
        return None
    return max(affordable, key=lambda run: run["reward"])["beta"]
