"""Call a function of torch tensors; carry its value and its gradients."""

from typing import Any

import numpy as np
import torch

_DTYPES = {
    getattr(torch, name): name
    for name in (
        *("float64", "float32", "float16", "int64", "int32", "int16", "int8"),
        *("uint8", "bool"),
    )
}
_Tensor = torch.Tensor


def run(function: Any, arguments: dict[str, Any], options: Any) -> list[Any]:
    """The outputs `result`, `gradient by …` for each name, then the arguments."""
    by = options["gradients"]
    given = {
        name: tensor(value, name in by, options["device"])
        for name, value in arguments.items()
    }
    returned = function(*given.values())
    outputs = [(options["results"][0], carried(returned))]
    outputs += gradients(returned, {name: given[name] for name in by})
    for name, value in given.items():
        if type(value) is _Tensor:
            outputs.append((f"argument {name}", carried(value)))
    return outputs


def tensor(value: Any, differentiated: bool, device: str) -> Any:
    """A tensor of its own; a number as it is."""
    if not isinstance(value, np.ndarray):
        return value
    made = torch.from_numpy(np.array(value)).to(device)
    return made.requires_grad_() if differentiated else made


def gradients(returned: Any, leaves: dict[str, Any]) -> list[Any]:
    """One output for each leaf; {"grad": …} says why there is none."""
    if not leaves or type(returned) is not _Tensor or _Tensor.dim(returned) != 0:
        return []
    if not returned.requires_grad:
        return [(f"gradient by {name}", {"grad": "none"}) for name in leaves]
    found = torch.autograd.grad(returned, list(leaves.values()), allow_unused=True)
    return [
        (f"gradient by {name}", {"grad": "unused"} if one is None else carried(one))
        for name, one in zip(leaves, found, strict=True)
    ]


def carried(value: Any) -> Any:
    """The tensor as an array, if it is plainly one; else what it is.

    Only the exact type counts, by the base class's own methods: a subclass, or a method
    hung onto the instance, could answer anything.
    """
    if type(value) is not _Tensor:
        return {"type": described(value)}
    name = _DTYPES.get(value.dtype)
    if name is None or value.layout is not torch.strided or value.is_meta:
        dtype = str(value.dtype).removeprefix("torch.")
        return {"dtype": dtype, "shape": list(value.shape)}
    plain = _Tensor.cpu(_Tensor.detach(value))
    plain = torch.resolve_neg(torch.resolve_conj(plain))
    return np.array(_Tensor.numpy(plain), order="C", copy=True)


def described(value: Any) -> str:
    """The type in words: `a float`, `a numpy.ndarray`, `None`."""
    if value is None:
        return "None"
    return f"a {type(value).__module__}.{type(value).__qualname__}"[:80].replace(
        "a builtins.", "a "
    )
