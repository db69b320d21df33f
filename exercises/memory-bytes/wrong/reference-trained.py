# id: reference-trained
# message: The reference is counted as learning.
# idea: The reference is the same model as the policy, so it seems to cost the same. It
#   never changes, so it needs its weights alone.
# misconception: reference-trained

def memory_bytes(n_params, method, ref_cached):
    if method == "ppo":
        return n_params * (16 + 16 + 16 + 2)
    return n_params * (16 if ref_cached else 32)
