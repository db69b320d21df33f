# id: critic-frozen
# message: PPO's critic is counted as frozen.
# idea: The critic is taken for a reward model, and that one is frozen. It learns along
#   with the policy, so it costs 16 bytes for each parameter.
# misconception: critic-is-reward-model

def memory_bytes(n_params, method, ref_cached):
    if method == "ppo":
        return n_params * (16 + 2 + 2 + 2)
    return n_params * (16 if ref_cached else 18)
