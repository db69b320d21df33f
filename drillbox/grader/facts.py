"""What can be said of a mistake that no known wrong solution makes.

Only what holds in every case that gave numbers is said, so that it is no guess.
"""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from drillbox.grader.diagnose import Tried
from drillbox.grader.verdict import ARGUMENT, GRADIENT, apart, called, number
from drillbox.words import _
from drillbox.workers.frame import Array

_RELATIVE = 1e-6
Pairs = list[tuple[Array, Array, Tried]]  # yours, expected, where


def facts(tried: Sequence[Tried]) -> tuple[str, ...]:
    """Sentences about each result and gradient that is wrong; empty if none holds."""
    every = _paired(tried)
    found = []
    for name, pairs in every.items():
        if not all(_equal(mine, right) for mine, right, _case in pairs):
            found += [f"{called(name)}: {text}." for text in _of(name, pairs)][:1]
    values = [name for name in every if not name.startswith(GRADIENT)]
    grads = [name for name in every if name.startswith(GRADIENT)]
    right = all(_all_equal(every[name]) for name in values)
    if values and right and not all(_all_equal(every[name]) for name in grads):
        found.insert(0, _("The values are right; the gradients are not."))
    return tuple(found)


def _paired(tried: Sequence[Tried]) -> dict[str, Pairs]:
    found: dict[str, Pairs] = {}
    for one in tried:
        for wanted in one.drawn.expected:
            mine = (one.outputs or {}).get(wanted.name)
            if wanted.name.startswith(ARGUMENT) or mine is None:
                continue
            if isinstance(mine, Mapping) or isinstance(wanted.value, Mapping):
                continue
            numbers = wanted.value.dtype.kind == "f" and mine.dtype.kind == "f"
            if numbers and mine.shape == wanted.value.shape:
                pair = mine.astype(np.float64), wanted.value.astype(np.float64), one
                found.setdefault(wanted.name, []).append(pair)
    return {name: pairs for name, pairs in found.items() if _finite(pairs)}


def _finite(pairs: Pairs) -> bool:
    return all(np.isfinite(mine).all() for mine, _right, _case in pairs)


def _equal(mine: Array, right: Array) -> bool:
    scale = float(np.abs(right).max(initial=0.0))
    return bool(np.allclose(mine, right, rtol=_RELATIVE, atol=_RELATIVE * scale))


def _all_equal(pairs: Pairs) -> bool:
    return all(_equal(mine, right) for mine, right, _case in pairs)


def _of(name: str, pairs: Pairs) -> Iterator[str]:
    """The strongest fact first."""
    zero = all(not mine.any() for mine, _right, _case in pairs)
    if zero and any(right.any() for _mine, right, _case in pairs):
        yield _("yours is 0 everywhere, where it must not be")
    elif all(_equal(-mine, right) for mine, right, _case in pairs):
        yield _("every sign is the other way round; the size is right")
    factors = [_factor(mine, right) for mine, right, _case in pairs]
    known = [one for one in factors if one is not None]
    if len(known) == len(factors) and known:
        yield from _scaled(known, pairs)
    gaps = [mine - right for mine, right, _case in pairs]
    first = float(gaps[0].ravel()[0]) if gaps[0].size else 0.0
    if first and all(np.allclose(gap, first, rtol=_RELATIVE) for gap in gaps):
        more = _("yours is always {n} more than it must be")
        less = _("yours is always {n} less than it must be")
        yield (more if first > 0 else less).format(n=number(abs(first)))
    if all((np.sign(mine) == np.sign(right)).all() for mine, right, _case in pairs):
        yield _("every sign is right, the size is not")


def _factor(mine: Array, right: Array) -> float | None:
    """The one factor between the two, if there is one."""
    some = np.abs(right) > 1e-9 * np.abs(right).max(initial=0.0)
    if not some.any():
        return None
    factor = float((mine[some] / right[some])[0])
    return factor if factor and _equal(mine, factor * right) else None


def _scaled(factors: list[float], pairs: Pairs) -> Iterator[str]:
    if np.allclose(factors, factors[0], rtol=_RELATIVE):
        if factors[0] != 1:
            factor, _one = apart(factors[0], 1.0)
            always = _("yours is {n} times what it must be, in every case")
            yield always.format(n=factor)
        return
    for name, values in _scalars(pairs).items():
        times = _("yours is what it must be times {name}")
        divided = _("yours is what it must be divided by {name}")
        for said, power in ((times, 1.0), (divided, -1.0)):
            if np.allclose(factors, np.asarray(values) ** power, rtol=_RELATIVE):
                yield said.format(name=name)
                return


def _scalars(pairs: Pairs) -> dict[str, list[float]]:
    """Numbers of the cases that a factor may be: float arguments, and the length of
    the first array."""
    found: dict[str, list[float]] = {}
    for _mine, _right, one in pairs:
        for name, (kind, value) in one.drawn.arguments:
            if kind == "value" and isinstance(value, float) and value:
                found.setdefault(name, []).append(value)
        shapes = [array.shape for array in one.drawn.arrays if array.ndim]
        if shapes:
            word = _("the number of rows of the inputs")
            found.setdefault(word, []).append(float(shapes[0][0]))
    return {name: values for name, values in found.items() if len(values) == len(pairs)}
