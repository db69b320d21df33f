# id: copy-forgotten
# message: The 32-bit copy of the weights is left out: a parameter that learns costs 12
#   bytes.
# idea: Adam is known for its two moments, 8 bytes. Under mixed precision it also keeps
#   the weights in 32 bits, 4 bytes more.
# misconception: weights-are-all

def memory_bytes(n_params, method, ref_cached):
    trained, frozen = (2, 2) if method == "ppo" else (1, 0 if ref_cached else 1)
    return n_params * (12 * trained + 2 * frozen)
