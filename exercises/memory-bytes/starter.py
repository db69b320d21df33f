def memory_bytes(n_params, method, ref_cached):
    """Bytes for weights, gradients and optimizer, an exact int.

    n_params: int ≥ 1, parameters of each model. method: "ppo" or "dpo". ref_cached: bool.
    """
    raise NotImplementedError("write the bill here")
