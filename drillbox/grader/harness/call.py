"""Call a function of tensors or numpy arrays; carry results, gradients and arguments.

options: `arguments` (tensors or arrays), `container` and `parts` of what is returned,
`gradients` (names), `raises` (names of exceptions that may be right), `repeatable`
(call it twice, on fresh copies), `device`.
"""

import contextlib
import io
from typing import Any

import numpy as np

_CARRIED = (
    *("float64", "float32", "float16", "int64", "int32", "int16", "int8", "uint8"),
    "bool",
)


def run(function: Any, arguments: dict[str, Any], options: Any) -> list[Any]:
    """The results by name, `gradient by …`, `argument …`; then `again …` for each."""
    outputs = once(function, arguments, options)
    if options["repeatable"]:
        with contextlib.redirect_stdout(Silent()):  # said once already
            again = once(function, arguments, options)
        outputs += [(f"again {name}", value) for name, value in again]
    return outputs


class Silent(io.TextIOBase):
    """Takes text and keeps nothing."""

    def write(self, text: str) -> int:
        """As if it were written."""
        return len(text)


def once(function: Any, arguments: dict[str, Any], options: Any) -> list[Any]:
    """Call it once on copies of its own."""
    by = options["gradients"]
    make = tensor if options["arguments"] == "tensors" else array
    given = {
        name: make(value, name in by, options["device"])
        for name, value in arguments.items()
    }
    try:
        returned = function(*given.values())
    except Exception as error:
        kind = type(error).__name__
        if kind not in options["raises"]:
            raise
        return [("raises", {"raises": kind}), *echoes(given)]
    outputs = results(returned, options["container"], options["parts"])
    if by:
        outputs += gradients(returned, {name: given[name] for name in by})
    return outputs + echoes(given)


def array(value: Any, differentiated: bool, device: str) -> Any:
    """An array of its own, aligned and writable; a plain value of its own."""
    if isinstance(value, np.ndarray):
        return np.array(value)
    return fresh(value)


def tensor(value: Any, differentiated: bool, device: str) -> Any:
    """A tensor of its own; ("bfloat16", array): one of that dtype."""
    import torch

    low = isinstance(value, tuple)
    value = value[1] if low else value
    if not isinstance(value, np.ndarray):
        return fresh(value)
    if device != "cpu":  # TF32 keeps 10 bits of the 23
        torch.backends.cuda.matmul.allow_tf32 = False
        torch.backends.cudnn.allow_tf32 = False
    made = torch.from_numpy(np.array(value)).to(device)
    made = made.to(torch.bfloat16) if low else made
    return made.requires_grad_() if differentiated else made


def fresh(value: Any) -> Any:
    """A copy of plain values, deep: numbers, texts, lists and dicts of them."""
    if isinstance(value, list):
        return [fresh(one) for one in value]
    if isinstance(value, dict):
        return {key: fresh(one) for key, one in value.items()}
    return value


def echoes(given: dict[str, Any]) -> list[Any]:
    """Every argument that could have been changed, as it is now."""
    found: list[Any] = []
    for name, value in given.items():
        if isinstance(value, (list, dict)):
            found.append((f"argument {name}", {"value": repr(value)[:4096]}))
        elif not isinstance(value, (int, float, str, type(None))):
            found.append((f"argument {name}", echoed(value)))
    return found


def echoed(value: Any) -> Any:
    """An argument as an array; bfloat16, which numpy lacks, as float32."""
    if isinstance(value, np.ndarray):
        return as_array(value)
    import torch

    if type(value) is torch.Tensor and value.dtype is torch.bfloat16:
        value = torch.Tensor.to(torch.Tensor.detach(value), torch.float32)
    return as_tensor(value)


def results(returned: Any, container: str, parts: list[Any]) -> list[Any]:
    """One output for each part."""
    if not container:
        name, kind = parts[0]
        return [(name, carried(returned, kind))]
    values = unpacked(returned, container, [name for name, _ in parts])
    if values is None:
        return [(parts[0][0], described(returned) | {"parts": len(parts)})]
    return [
        (name, carried(value, kind))
        for (name, kind), value in zip(parts, values, strict=True)
    ]


def unpacked(returned: Any, container: str, names: list[str]) -> list[Any] | None:
    """The parts in their order; None if this is no such container."""
    if container == "dict":
        if type(returned) is not dict or set(returned) != set(names):
            return None
        return [returned[name] for name in names]
    if isinstance(returned, tuple):
        values = list(tuple.__iter__(returned))
    elif type(returned) is list:
        values = list(returned)
    else:
        return None
    return values if len(values) == len(names) else None


def gradients(returned: Any, leaves: dict[str, Any]) -> list[Any]:
    """One output for each leaf, of the sum where the result is not 0-d; {"grad": …}
    says why there is none."""
    import torch

    if type(returned) is not torch.Tensor or torch.Tensor.numel(returned) == 0:
        return []
    if not returned.requires_grad:
        return [(f"gradient by {name}", {"grad": "none"}) for name in leaves]
    whole = returned if torch.Tensor.dim(returned) == 0 else torch.Tensor.sum(returned)
    found = torch.autograd.grad(whole, list(leaves.values()), allow_unused=True)
    return [
        (f"gradient by {name}", {"grad": "unused"} if one is None else as_tensor(one))
        for name, one in zip(leaves, found, strict=True)
    ]


def carried(value: Any, kinds: str) -> Any:
    """The value as an array, if it is plainly of one of the kinds; else what it is."""
    found = [_AS[kind](value) for kind in kinds.split(" or ")]
    return next((one for one in found if isinstance(one, np.ndarray)), found[0])


def as_array(value: Any) -> Any:
    """The numpy array itself, if it is plainly one."""
    if type(value) is not np.ndarray:
        return described(value)
    if value.dtype.name not in _CARRIED:
        return {"dtype": value.dtype.name[:40], "shape": list(value.shape)}
    return np.array(value, order="C", copy=True)


def as_tensor(value: Any) -> Any:
    """The tensor as an array, if it is plainly one; else what it is.

    Only the exact types count, by the base class's own methods: a subclass, or a method
    hung onto the instance, could answer anything.
    """
    import torch

    base = torch.Tensor
    if type(value) not in (base, torch.nn.Parameter):
        return described(value)
    name = str(value.dtype).removeprefix("torch.")
    plain = value.layout is torch.strided and not value.is_meta
    if name not in _CARRIED or not plain:
        return {"dtype": name, "shape": list(value.shape)}
    dense = torch.resolve_neg(torch.resolve_conj(base.cpu(base.detach(value))))
    return np.array(base.numpy(dense), order="C", copy=True)


def as_int(value: Any) -> Any:
    """A Python int of 64 bits."""
    fits = type(value) is int and -(2**63) <= value < 2**63
    return np.array(value, np.int64) if fits else described(value)


def as_float(value: Any) -> Any:
    """A Python float, or numpy's, which is one."""
    if type(value) not in (float, np.float64):
        return described(value)
    return np.array(float(value))


def as_bool(value: Any) -> Any:
    """A bool, or numpy's."""
    if type(value) not in (bool, np.bool_):
        return described(value)
    return np.array(bool(value))


def as_none(value: Any) -> Any:
    """None travels as what it is."""
    return described(value)


_AS = {
    "tensor": as_tensor,
    "array": as_array,
    "int": as_int,
    "float": as_float,
    "bool": as_bool,
    "none": as_none,
}


def described(value: Any) -> dict[str, Any]:
    """The type, of a tuple or list its length: {"type": "tuple", "of": 3}."""
    if value is None:
        return {"type": "None"}
    if type(value) in (tuple, list):
        return {"type": type(value).__name__, "of": len(value)}
    name = f"{type(value).__module__}.{type(value).__qualname__}"
    return {"type": name.removeprefix("builtins.")[:78]}
