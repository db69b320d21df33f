"""A curve in block characters, on a scale that is given, so that curves compare."""

from collections.abc import Sequence

BLOCKS = " ▁▂▃▄▅▆▇█"
EIGHTHS = 8


def curve(
    values: Sequence[float], low: float, high: float, width: int, height: int = 2
) -> list[str]:
    """`height` lines of `width` cells at most, the highest first.

    low, high: the values at the bottom and at the top. A curve with more values than
    cells shows the last value of each cell's share. Every value has at least one
    eighth, so that nothing that happened looks like nothing.
    """
    shown = _thinned(values, width)
    levels = [_level(value, low, high, height) for value in shown]
    lines = []
    for line in reversed(range(height)):
        cells = [min(max(level - line * EIGHTHS, 0), EIGHTHS) for level in levels]
        lines.append("".join(BLOCKS[cell] for cell in cells))
    return lines


def _level(value: float, low: float, high: float, height: int) -> int:
    share = (value - low) / (high - low) if high > low else 0.5
    return 1 + round(min(max(share, 0.0), 1.0) * (height * EIGHTHS - 1))


def _thinned(values: Sequence[float], width: int) -> list[float]:
    count = len(values)
    if count <= width:
        return list(values)
    return [values[(cell + 1) * count // width - 1] for cell in range(width)]
