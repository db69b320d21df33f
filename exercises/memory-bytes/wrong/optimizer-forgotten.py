# id: optimizer-forgotten
# message: The optimizer is left out: a parameter that learns costs 4 bytes, weight and
#   gradient.
# idea: Weights and gradients are what one sees in the code. The optimizer's 12 bytes
#   are three quarters of the bill.
# misconception: weights-are-all

def memory_bytes(n_params, method, ref_cached):
    trained, frozen = (2, 2) if method == "ppo" else (1, 0 if ref_cached else 1)
    return n_params * (4 * trained + 2 * frozen)
