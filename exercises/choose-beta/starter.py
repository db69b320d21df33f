def choose_beta(runs, kl_budget):
    """The β of the best affordable run, a float, or None if there is none.

    runs: a list of {"beta": float, "kl": float, "reward": float}, KL in nats. kl_budget:
    a float, in nats. Ties in the reward: the smaller KL, then the larger β.
    """
    raise NotImplementedError("choose here")
