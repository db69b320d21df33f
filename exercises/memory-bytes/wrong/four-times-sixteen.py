# id: four-times-sixteen
# message: Each of PPO's four models, and DPO's reference, is counted with 16 bytes, as
#   if all of them learned.
# idea: Four models look like four times the memory of one. Frozen models need no
#   gradient and no optimizer: 2 bytes each instead of 16.
# misconception: four-models-four-times

def memory_bytes(n_params, method, ref_cached):
    models = 4 if method == "ppo" else 1 if ref_cached else 2
    return 16 * n_params * models
