"""Call a function without arguments and carry whatever numbers its result is made of.

A tensor, an array, a number or a truth value is one leaf; tuples, lists and dicts are
walked through. Anything else travels as its text.
"""

from typing import Any

import numpy as np


def run(function: Any, arguments: dict[str, Any], options: Any) -> list[Any]:
    """The leaves of the result: (where, array), or (where, {"value": text})."""
    return list(leaves(function(), "result"))


def leaves(value: Any, where: str) -> Any:
    """Each leaf with the way to it."""
    if isinstance(value, dict):
        for name, one in value.items():
            yield from leaves(one, f"{where}[{name!r}]")
    elif isinstance(value, (tuple, list)):
        for k, one in enumerate(value):
            yield from leaves(one, f"{where}[{k}]")
    else:
        yield where, leaf(value)


def leaf(value: Any) -> Any:
    """One leaf in float64, or as text."""
    if hasattr(value, "detach"):
        value = value.detach().cpu().double().numpy()
    if isinstance(value, (bool, int, float, np.generic, np.ndarray)):
        return np.array(value, np.float64, order="C")
    return {"value": repr(value)[:200]}
