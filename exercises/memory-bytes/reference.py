"""Rajbhandari et al. 2020 (ZeRO), section 3.1, counted for PPO and DPO."""


def memory_bytes(n_params: int, method: str, ref_cached: bool) -> int:
    """16 bytes a trained parameter (Rajbhandari et al. 2020, §3.1), 2 a frozen one."""
    if method == "ppo":
        per_parameter = 16 + 16 + 2 + 2  # policy, critic; reference, reward model
    elif ref_cached:
        per_parameter = 16  # policy
    else:
        per_parameter = 16 + 2  # policy; reference
    return n_params * per_parameter


def cases(rng):
    """Both methods, both flags, one parameter and very many."""
    yield "PPO, about 7 billion", bill(rng, 7_000_000_000, "ppo", False)
    yield "DPO, about 7 billion", bill(rng, 7_000_000_000, "dpo", False)
    yield "DPO, reference cached", bill(rng, 1_300_000_000, "dpo", True)
    yield "PPO, ref_cached is True", bill(rng, 1_300_000_000, "ppo", True)
    yield "DPO, one parameter", {"n_params": 1, "method": "dpo", "ref_cached": False}
    yield "DPO, about 1e17 parameters", bill(rng, 10**17, "dpo", False)
    yield "PPO, about 1e17 parameters", bill(rng, 10**17, "ppo", False)


def bill(rng, about, method, ref_cached):
    """A size near `about`, odd, so that no float holds 16 times a large one exactly."""
    n_params = about + 2 * int(rng.integers(1_000_000)) + 1
    return {"n_params": n_params, "method": method, "ref_cached": ref_cached}
