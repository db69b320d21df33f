# id: weights-only
# message: Only the weights are counted, 2 bytes for each parameter.
# idea: The size of a checkpoint seems to be the size of the model. Training also holds
#   a gradient, a 32-bit copy and Adam's two moments for each parameter that learns.
# misconception: weights-are-all

def memory_bytes(n_params, method, ref_cached):
    models = 4 if method == "ppo" else 1 if ref_cached else 2
    return 2 * n_params * models
