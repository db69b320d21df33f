# id: reward-model-trained
# message: PPO's reward model is counted as learning.
# idea: The reward model was trained on preferences, and so it seems to belong to
#   training. That was before: while PPO runs, it only reads answers and scores them.
# misconception: critic-is-reward-model

def memory_bytes(n_params, method, ref_cached):
    if method == "ppo":
        return n_params * (16 + 16 + 16 + 2)
    return n_params * (16 if ref_cached else 18)
