# id: critic-forgotten
# message: PPO's critic is left out.
# idea: Policy, reference and reward model appear in the goal, the critic does not. It
#   is the model that turns one score into advantages for tokens, and it learns.
# misconception: critic-is-reward-model

def memory_bytes(n_params, method, ref_cached):
    if method == "ppo":
        return n_params * (16 + 2 + 2)
    return n_params * (16 if ref_cached else 18)
