# id: ppo-cached
# message: PPO's reference is left out where ref_cached is True.
# idea: What helps DPO should help PPO. PPO writes new answers in every round, and the
#   reference must score them, so it stays.
# misconception: ppo-can-cache

def memory_bytes(n_params, method, ref_cached):
    if method == "ppo":
        return n_params * (34 if ref_cached else 36)
    return n_params * (16 if ref_cached else 18)
