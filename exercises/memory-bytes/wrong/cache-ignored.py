# id: cache-ignored
# message: The reference is counted even where its log-probs are cached.
# idea: The reference belongs to DPO, so it is always counted. Once its log-probs are
#   stored, nothing asks it any more.
# misconception: cache-saves-nothing

def memory_bytes(n_params, method, ref_cached):
    return n_params * (36 if method == "ppo" else 18)
