"""Tries autograd where the gradient is to be derived by hand, past every import hook.

Must hold: torch's files cannot be read in an exercise of numpy alone.
"""

# stopped by: bwrap, landlock
# exercise: dpo-gradient

import ctypes
import glob
import importlib
import json
import sys


def by_import():
    sys.meta_path[:] = [one for one in sys.meta_path if type(one).__name__ != "Refuse"]
    try:
        return importlib.import_module("torch")
    except ImportError:
        return None
    except OSError:
        return None


def by_library():
    try:
        places = json.loads(sys.argv[1])["paths"]
    except (IndexError, ValueError, KeyError):
        places = sys.path
    for place in places:
        for path in (f"{place}/torch/lib/libtorch_cpu.so", *glob.glob(f"{place}/t*")):
            try:
                ctypes.CDLL(path)
                print(f"THROUGH: {path} was loaded")
            except OSError:
                continue


def dpo_gradient(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    by_library()
    torch = by_import()
    if torch is None or not hasattr(torch, "tensor"):
        return policy_chosen * 0, policy_rejected * 0
    print("THROUGH: torch was imported")
    chosen, rejected = (
        torch.tensor(one, requires_grad=True)
        for one in (policy_chosen, policy_rejected)
    )
    h = (chosen - torch.tensor(ref_chosen)) - (rejected - torch.tensor(ref_rejected))
    (-torch.nn.functional.logsigmoid(beta * h).mean()).backward()
    return chosen.grad.numpy(), rejected.grad.numpy()
