def memory_bytes(n_params, method, ref_cached):
    trained, frozen = {"ppo": (2, 2), "dpo": (1, 1)}[method]
    if method == "dpo" and ref_cached:
        frozen -= 1
    return n_params * 16 * trained + n_params * 2 * frozen
