"""An axis: the range that is shown, round ticks within it, their labels.

Cells (plot.py) and SVG (chart.py) share it, so a figure has the same numbers in both.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil, floor, isfinite, log10

MOST = 1e300  # what is larger has no room above it for a tick
LEAST = 1e-290
ALIKE = 1e-7  # a span of less, relative to its values, is shown as a constant
ROUND = (1.0, 2.0, 5.0)
SLACK = 1e-9


@dataclass(frozen=True, slots=True)
class Axis:
    """low, high: the first and last tick, as log₁₀ where `log`. labels: of the ticks,
    from the lowest on."""

    low: float
    high: float
    ticks: tuple[float, ...]
    labels: tuple[str, ...]
    log: bool = False

    def share(self, value: float) -> float:
        """0 at the first tick, 1 at the last; for what is `drawable`."""
        at = log10(value) if self.log else value
        return min(max((at - self.low) / (self.high - self.low), 0.0), 1.0)

    def shares(self) -> list[float]:
        """Where the ticks stand."""
        return [(at - self.low) / (self.high - self.low) for at in self.ticks]


def drawable(value: float, log: bool = False) -> bool:
    """Has it a place on an axis? Not NaN, not infinite, above 0 where `log`."""
    return isfinite(value) and abs(value) <= MOST and (not log or value >= LEAST)


def axis(values: Iterable[float], most: int, log: bool = False) -> Axis:
    """The axis of `values`, all drawable, with at most `most` intervals.

    Two are always allowed: values on both sides of 0 need them.
    """
    some = list(values) or [1.0]
    if log:
        return _decades(log10(min(some)), log10(max(some)), most)
    low, high = _apart(min(some), max(some))
    step = _step(low, high, max(most, 2))
    first, last = _ends(low, high, step)
    ticks = tuple(count * step for count in range(first, last + 1))
    return Axis(ticks[0], ticks[-1], ticks, _labels(ticks, step))


def _apart(low: float, high: float) -> tuple[float, float]:
    size = max(abs(low), abs(high))
    if high - low > max(ALIKE * size, LEAST):
        return low, high
    room = size / 2 if size > LEAST * 10 else 1.0
    return low - room, high + room


def _ends(low: float, high: float, step: float) -> tuple[int, int]:
    return floor(low / step + SLACK), ceil(high / step - SLACK)


def _step(low: float, high: float, most: int) -> float:
    """The smallest of 1, 2, 5 times a power of ten that leaves few enough intervals."""
    power = floor(log10(high - low) - log10(most)) - 1
    while True:
        for times in ROUND:
            step = float(f"{times:g}e{power}")
            first, last = _ends(low, high, step)
            if last - first <= most:
                return step
        power += 1


def _decades(low: float, high: float, most: int) -> Axis:
    first, last = floor(low + SLACK), ceil(high - SLACK)
    last = max(last, first + 1)
    stride = next(n for n in range(1, 10_000) if ceil((last - first) / n) <= most)
    count = ceil((last - first) / stride)
    powers = [first + k * stride for k in range(count + 1)]
    labels = tuple(f"{10.0**p:g}" if -4 <= p <= 4 else f"1e{p}" for p in powers)
    ticks = tuple(map(float, powers))
    return Axis(ticks[0], ticks[-1], ticks, tuple(map(minus, labels)), True)


def _labels(ticks: tuple[float, ...], step: float) -> tuple[str, ...]:
    size = max(map(abs, ticks))
    power = floor(log10(step) + SLACK)
    if power >= -4 and size < 1e6:
        return tuple(minus(f"{tick:.{max(0, -power)}f}") for tick in ticks)
    return tuple(_power(tick, power) for tick in ticks)


def _power(tick: float, power: int) -> str:
    """As 1.5e−7, with as many digits as tell it from the next tick."""
    if tick == 0:
        return "0"
    digits = max(0, floor(log10(abs(tick)) + SLACK) - power)
    mantissa, exponent = f"{tick:.{digits}e}".split("e")
    return minus(f"{mantissa}e{int(exponent)}")


def minus(text: str) -> str:
    """A number with its sign as it is printed."""
    return text.replace("-", "−")
