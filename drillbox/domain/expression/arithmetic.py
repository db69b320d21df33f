"""The functions and operators of expressions, on doubles; none of them ever raises.

What overflows is inf, 1/0 is inf, log(0) is −inf; what has no value (0/0, log(−1),
(−8)**(1/3)) is nan, and nan in is nan out.
"""

import ast
import math
from collections.abc import Callable, Mapping


def _divide(a: float, b: float) -> float:
    if b != 0:
        return a / b
    if a == 0 or math.isnan(a):
        return math.nan
    return math.copysign(math.inf, a) * math.copysign(1.0, b)


def _power(a: float, b: float) -> float:
    try:
        return math.pow(a, b)
    except OverflowError:
        return -math.inf if a < 0 and b % 2 == 1 else math.inf
    except ValueError:  # 0 to a negative power, or a root of a negative number
        return math.inf if a == 0 else math.nan


def _exp(x: float) -> float:
    try:
        return math.exp(x)
    except OverflowError:
        return math.inf


def _log(x: float) -> float:
    if x > 0:
        return math.log(x)
    return -math.inf if x == 0 else math.nan


def _sqrt(x: float) -> float:
    return math.sqrt(x) if x >= 0 else math.nan


def _sigmoid(x: float) -> float:
    """1/(1 + exp(−x)) without overflow: the exponent is never positive."""
    tail = _exp(-abs(x))
    return (1.0 if x >= 0 else tail) / (1.0 + tail)


def _logsigmoid(x: float) -> float:
    """log σ(x) = min(x, 0) − log(1 + exp(−|x|)), exact far out on both sides."""
    return x if math.isnan(x) else min(x, 0.0) - math.log1p(_exp(-abs(x)))


def _least(*xs: float) -> float:
    return math.nan if any(map(math.isnan, xs)) else min(xs)


def _greatest(*xs: float) -> float:
    return math.nan if any(map(math.isnan, xs)) else max(xs)


def _sum(*xs: float) -> float:
    total = 0.0
    for x in xs:  # not sum(): Python 3.12 changed its rounding
        total += x
    return total


OPERATORS: Mapping[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: lambda a, b: a + b,
    ast.Sub: lambda a, b: a - b,
    ast.Mult: lambda a, b: a * b,
    ast.Div: _divide,
    ast.Pow: _power,
}
VARIADIC = ("min", "max", "sum")
FUNCTIONS: Mapping[str, Callable[..., float]] = {
    "log": _log,
    "exp": _exp,
    "sqrt": _sqrt,
    "sigmoid": _sigmoid,
    "logsigmoid": _logsigmoid,
    "min": _least,
    "max": _greatest,
    "abs": abs,
    "sum": _sum,
}
