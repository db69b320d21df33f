"""Is what came back right? Judged here, in numpy, on arrays alone.

In order: it is there, of the exact shape and dtype, finite, close; then the gradients;
then the arguments are what they were. The first that is wrong is said.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from drillbox.workers.frame import Array

RELATIVE = 1e-7  # float64
ABSOLUTE = 1e-12

Output = Array | Mapping[str, Any]
Outputs = Mapping[str, Output]

_ARGUMENT = "argument "
_GRADIENT = "gradient by "


@dataclass(frozen=True)
class Expected:
    """One output as the reference has it.

    value: in float64 (or whole numbers). dtype: that it must have. tolerance: absolute,
    for each entry, where the problem says how exact float32 can be; None: the float64
    rule, or equality for whole numbers and arguments.
    """

    name: str
    value: Array
    dtype: str
    tolerance: Array | None = None


@dataclass(frozen=True)
class Finding:
    """Why a case failed. infinite: something was not finite."""

    message: str
    infinite: bool = False


def judge(expected: Sequence[Expected], outputs: Outputs, kind: str) -> Finding | None:
    """The first thing that is wrong, or None. kind: what to return, in words."""
    for one in expected:
        if one.name not in outputs:
            return Finding(f"the {one.name} is missing")
        found = _judge(one, outputs[one.name], kind)
        if found:
            return found
    if len(outputs) != len(expected):
        return Finding("something came back that was not asked for")
    return None


def _judge(one: Expected, output: Output, kind: str) -> Finding | None:
    if isinstance(output, Mapping):
        return Finding(_unlike(one, output, kind))
    if output.shape != one.value.shape:
        return Finding(_shapes(one, output.shape))
    if not _same_dtype(one.dtype, output.dtype.name):
        return Finding(_dtypes(one, output.dtype.name))
    if one.name.startswith(_ARGUMENT):
        return _unchanged(one, output)
    if not np.isfinite(output).all():
        return Finding(_differs(one, output, ~np.isfinite(output)), infinite=True)
    wrong = ~close(one, output)
    return Finding(_differs(one, output, wrong)) if wrong.any() else None


def close(one: Expected, output: Array) -> Array:
    """Where `output` is within the tolerance; of the same shape."""
    if one.value.dtype.kind != "f":
        return np.asarray(output == one.value)
    value = one.value.astype(np.float64)
    allowed = one.tolerance
    if allowed is None:
        allowed = ABSOLUTE + RELATIVE * np.abs(value)
    return np.asarray(np.abs(output.astype(np.float64) - value) <= allowed)


def _same_dtype(wanted: str, got: str) -> bool:
    """Whole numbers may be of any signed size."""
    if wanted.startswith("int"):
        return got.startswith("int")
    return wanted == got


def _unlike(one: Expected, output: Mapping[str, Any], kind: str) -> str:
    """It came back as something that is no array."""
    if "grad" in output:
        argument = one.name.removeprefix(_GRADIENT)
        return (
            f"no gradient reaches {argument}: on the way something was detached "
            "(.detach(), .item(), torch.no_grad() or numpy)"
        )
    if "results" in output:
        count = _words(output["results"])
        return f"returned {_words(output.get('type'))}, expected {count} arrays"
    if "dtype" in output:
        return _dtypes(one, str(output["dtype"])[:40])
    return f"returned {_words(output.get('type'))}, expected {kind}"


def _words(value: Any) -> str:
    return str(value)[:80]


def _shapes(one: Expected, got: tuple[int, ...]) -> str:
    return f"{one.name}: shape {_shape(got)}, expected {_shape(one.value.shape)}"


def _shape(shape: tuple[int, ...]) -> str:
    return "() (0-d)" if shape == () else str(shape)


def _dtypes(one: Expected, got: str) -> str:
    wanted = "whole numbers" if one.dtype.startswith("int") else one.dtype
    return f"{one.name}: dtype {got}, expected {wanted}"


def _unchanged(one: Expected, output: Array) -> Finding | None:
    if np.array_equal(one.value, output, equal_nan=one.value.dtype.kind == "f"):
        return None
    name = one.name.removeprefix(_ARGUMENT)
    return Finding(f"the argument {name} was changed; work on a copy")


def _differs(one: Expected, output: Array, wrong: Array) -> str:
    """The first entry that is off, and how many are."""
    if one.value.ndim == 0:
        return f"{one.name}: {number(output)}, expected {number(one.value)}"
    place = tuple(int(k) for k in np.argwhere(wrong)[0])
    shown = ", ".join(str(k) for k in place)
    text = f"{one.name}[{shown}]: {number(output[place])}, "
    text += f"expected {number(one.value[place])}"
    count = int(wrong.sum())
    return text if count == 1 else f"{text} ({count} of {wrong.size} entries differ)"


def number(value: Any) -> str:
    """A number as people compare it: six digits."""
    return f"{np.asarray(value).item():.6g}"
