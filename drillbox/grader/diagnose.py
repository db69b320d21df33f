"""Which wrong solution gives the same results on the same inputs?

A match says "consistent with", never "you did": two mistakes can look alike.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from drillbox.grader.verdict import Expected, Output, Outputs, judge
from drillbox.workers.frame import Array

_RELATIVE = 1e-6
_RELATIVE_LOW = 1e-4  # below float64


@dataclass(frozen=True)
class Tried:
    """One case: what was expected, what the learner's code gave (None: it gave
    nothing), and whether that was right."""

    expected: Sequence[Expected]
    outputs: Outputs | None
    passed: bool


Signature = Sequence[Outputs | None]


def match(tried: Sequence[Tried], signatures: Mapping[str, Signature]) -> str | None:
    """The id of the wrong solution that these results are consistent with.

    First by every case; then by those whose results are finite, since a mistake and an
    overflow may come together; last by where the results stop being finite.
    """
    answered = [k for k, one in enumerate(tried) if one.outputs is not None]
    finite = [k for k in answered if _finite(tried[k].outputs)]
    for cases in (answered, finite):
        if all(tried[k].passed for k in cases):
            continue
        for name, signature in signatures.items():
            if all(_alike(tried[k].outputs, signature[k]) for k in cases):
                return name
    if len(answered) != len(tried) or not all(tried[k].passed for k in finite):
        return None
    for name, signature in signatures.items():
        if _overflows_like(tried, signature):
            return name
    return None


def _overflows_like(tried: Sequence[Tried], signature: Signature) -> bool:
    """Not finite exactly where this one is not, and right elsewhere."""
    return not all(one.passed for one in tried) and all(
        other is not None
        and _finite(other) == one.passed
        and (not one.passed or judge(one.expected, other, "") is None)
        for one, other in zip(tried, signature, strict=True)
    )


def _finite(outputs: Outputs | None) -> bool:
    return outputs is not None and all(
        isinstance(one, Mapping) or bool(np.isfinite(one).all())
        for one in outputs.values()
    )


def _alike(one: Outputs | None, other: Outputs | None) -> bool:
    if one is None or other is None or one.keys() != other.keys():
        return False
    return all(_same(one[name], other[name]) for name in one)


def _same(one: Output, other: Output) -> bool:
    if isinstance(one, Mapping) or isinstance(other, Mapping):
        both = isinstance(one, Mapping) and isinstance(other, Mapping)
        return both and dict(one) == dict(other)
    if one.shape != other.shape or one.dtype.kind != other.dtype.kind:
        return False
    if one.dtype.kind != "f":
        return bool(np.array_equal(one, other))
    return _near(one, other)


def _near(one: Array, other: Array) -> bool:
    low = min(one.dtype.itemsize, other.dtype.itemsize) < 8
    relative = _RELATIVE_LOW if low else _RELATIVE
    a, b = one.astype(np.float64), other.astype(np.float64)
    finite = b[np.isfinite(b)]
    scale = float(np.abs(finite).max()) if finite.size else 0.0
    near = np.isclose(a, b, rtol=relative, atol=relative * scale, equal_nan=True)
    return bool(near.all())
