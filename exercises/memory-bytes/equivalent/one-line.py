def memory_bytes(n_params, method, ref_cached):
    return n_params * (36 if method == "ppo" else 18 - 2 * ref_cached)
