"""Call a function of numpy arrays; carry the array, or the pair of arrays."""

from typing import Any

import numpy as np

_CARRIED = (
    *("float64", "float32", "float16", "int64", "int32", "int16", "int8", "uint8"),
    "bool",
)


def run(function: Any, arguments: dict[str, Any], options: Any) -> list[Any]:
    """The outputs `result` (or `result 1`, `result 2`), then the arguments."""
    given = {name: copied(value) for name, value in arguments.items()}
    returned = function(*given.values())
    outputs = results(returned, options["results"])
    for name, value in given.items():
        if isinstance(value, np.ndarray):
            outputs.append((f"argument {name}", carried(value)))
    return outputs


def copied(value: Any) -> Any:
    """An array of its own, aligned and writable; a number as it is."""
    return np.array(value) if isinstance(value, np.ndarray) else value


def results(returned: Any, names: list[str]) -> list[Any]:
    """One output for each name that the exercise gives its results."""
    if len(names) == 1:
        return [(names[0], carried(returned))]
    if type(returned) not in (tuple, list) or len(returned) != len(names):
        return [(names[0], {"type": described(returned), "results": len(names)})]
    return [(name, carried(value)) for name, value in zip(names, returned, strict=True)]


def carried(value: Any) -> Any:
    """The array itself, if it is plainly one; else what it is."""
    if type(value) is not np.ndarray:
        return {"type": described(value)}
    if value.dtype.name not in _CARRIED:
        return {"dtype": value.dtype.name[:40], "shape": list(value.shape)}
    return np.array(value, order="C", copy=True)


def described(value: Any) -> str:
    """The type in words: `a tuple of 3`, `None`."""
    if value is None:
        return "None"
    if type(value) in (tuple, list):
        return f"a {type(value).__name__} of {len(value)}"
    return f"a {type(value).__module__}.{type(value).__qualname__}"[:80].replace(
        "a builtins.", "a "
    )
