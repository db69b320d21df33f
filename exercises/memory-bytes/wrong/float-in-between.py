# id: float-in-between
# message: A float in between has rounded the last digits away.
# idea: A number like 1e17 seems to be exact in a float. Floats hold whole numbers
#   exactly up to 2^53, about 9e15.
# misconception: paper-is-not-float

def memory_bytes(n_params, method, ref_cached):
    gigabytes = n_params / 1e9
    factor = 36 if method == "ppo" else 16 if ref_cached else 18
    return int(round(gigabytes * factor * 1e9))
