"""A chart in words and in a small table, for who reads line by line."""

from collections.abc import Iterator

from drillbox.lab.chart import Chart, Point, Series, pieces, undrawable

ROWS = 6  # of a table, at most


def sentences(chart: Chart) -> Iterator[str]:
    """One for each series: start, end, lowest, highest; of dots, where they lie."""
    for one in chart.series:
        points = [point for piece in pieces(one) for point in piece]
        told = _told(chart, one, points) if points else "no point"
        left_out = undrawable(one)
        more = f"; {left_out} not finite" if left_out else ""
        yield f"{one.name}: {told}{more}."


def _told(chart: Chart, one: Series, points: list[Point]) -> str:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    if one.dots:
        count = f"{len(points)} point{'' if len(points) == 1 else 's'}"
        across = f"{chart.x} from {_number(min(xs))} to {_number(max(xs))}"
        up = f"{chart.y} from {_number(min(ys))} to {_number(max(ys))}"
        return f"{count}; {across}; {up}"
    return (
        f"{chart.y}, starts at {_number(ys[0])} and ends at {_number(ys[-1])}; "
        f"lowest {_number(min(ys))}, highest {_number(max(ys))}"
    )


def table(chart: Chart) -> list[str]:
    """Values of lines at some x that all of them have; nothing where there are none."""
    lines = [dict(one.points) for one in chart.series if not one.dots]
    if not lines or len(lines) < len(chart.series):
        return []
    common = [x for x in lines[0] if all(x in line for line in lines)]
    if len(common) < 2:
        return []
    rows = [[chart.x, *(one.name for one in chart.series)]]
    for x in _some(common):
        rows.append([_number(x), *(_number(line[x]) for line in lines)])
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return ["  ".join(map(str.rjust, row, widths)) for row in rows]


def _some(values: list[float]) -> list[float]:
    """The first, the last, and some between, at even distances."""
    last = len(values) - 1
    count = min(ROWS, len(values))
    return [values[round(k * last / (count - 1))] for k in range(count)]


def _number(value: float) -> str:
    return f"{value:.4g}".replace("-", "−")
