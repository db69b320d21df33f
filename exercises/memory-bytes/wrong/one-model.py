# id: one-model
# message: DPO is counted without its reference, cached or not.
# idea: DPO trains one model, so one seems to be all. Its loss contains the reference's
#   log-probs, and without a cache the reference must be there to give them.
# misconception: dpo-needs-one-model

def memory_bytes(n_params, method, ref_cached):
    return n_params * (36 if method == "ppo" else 16)
