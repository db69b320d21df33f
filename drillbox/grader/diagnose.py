"""Which wrong solution gives the same results on the same inputs?

A match says "consistent with", never "you did": two mistakes can look alike.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from drillbox.grader.verdict import (
    AGAIN,
    Output,
    Outputs,
    Rules,
    apart,
    called,
    judge,
)
from drillbox.grader.wire import Drawn
from drillbox.words import _
from drillbox.workers.frame import Array

_RELATIVE = 1e-6
_SEEN = 1e-5  # a difference that six digits show
_RELATIVE_LOW = 1e-4  # below float64


@dataclass(frozen=True)
class Tried:
    """One case: as it was drawn, what the learner's code gave (None: it gave nothing),
    and whether that was right."""

    drawn: Drawn
    outputs: Outputs | None
    passed: bool


Signature = Sequence[Outputs | None]


def match(
    tried: Sequence[Tried], signatures: Mapping[str, Signature], rules: Rules
) -> str | None:
    """The id of the wrong solution that these results are consistent with.

    First by every case; then by those whose results are finite, since a mistake and an
    overflow may come together; last by where the results stop being finite.
    """
    once = [replace(one, outputs=first_call(one.outputs)) for one in tried]
    answered = [k for k, one in enumerate(once) if one.outputs is not None]
    finite = [k for k in answered if _finite(once[k].outputs)]
    for cases in (answered, finite):
        if all(once[k].passed for k in cases):
            continue
        for name, signature in signatures.items():
            if all(_alike(once[k].outputs, signature[k]) for k in cases):
                return name
    if len(answered) != len(once) or not all(once[k].passed for k in finite):
        return None
    for name, signature in signatures.items():
        if _overflows_like(once, signature, replace(rules, repeatable=False)):
            return name
    return None


def first_call(outputs: Outputs | None) -> Outputs | None:
    """Without what the second call gave."""
    if outputs is None:
        return None
    return {k: one for k, one in outputs.items() if not k.startswith(AGAIN)}


def witness(tried: Sequence[Tried]) -> str:
    """One line that shows the mistake: the first wrong number of the first wrong case,
    of the smallest inputs that there are."""
    for one in tried:
        if one.passed or one.outputs is None:
            continue
        for wanted in one.drawn.expected:
            got = one.outputs.get(wanted.name)
            if isinstance(got, Mapping) or isinstance(wanted.value, Mapping):
                continue
            if got is None or got.shape != wanted.value.shape or not got.size:
                continue
            off = ~np.isclose(got, wanted.value, rtol=_SEEN, atol=0.0)
            if off.any():
                place = tuple(int(k) for k in np.argwhere(off)[0])
                mine, right = apart(got[place], wanted.value[place])
                name = f"{called(wanted.name)}{list(place) if place else ''}"
                said = _("With {case}: {name} is {right}, yours gives {mine}.")
                case = one.drawn.name
                return said.format(case=case, name=name, right=right, mine=mine)
    return ""


def _overflows_like(tried: Sequence[Tried], signature: Signature, rules: Rules) -> bool:
    """Not finite exactly where this one is not, and right elsewhere."""
    return not all(one.passed for one in tried) and all(
        other is not None
        and _finite(other) == one.passed
        and (not one.passed or judge(one.drawn.expected, other, rules) is None)
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
    return one.dtype.itemsize == other.dtype.itemsize and _near(one, other)


def _near(one: Array, other: Array) -> bool:
    low = min(one.dtype.itemsize, other.dtype.itemsize) < 8
    relative = _RELATIVE_LOW if low else _RELATIVE
    a, b = one.astype(np.float64), other.astype(np.float64)
    finite = b[np.isfinite(b)]
    scale = float(np.abs(finite).max()) if finite.size else 0.0
    near = np.isclose(a, b, rtol=relative, atol=relative * scale, equal_nan=True)
    return bool(near.all())
