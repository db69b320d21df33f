"""A chart in words and in a small table, for who reads line by line."""

from collections.abc import Iterator

from drillbox.lab.axis import minus
from drillbox.lab.chart import Chart, Point, Series, pieces, undrawable
from drillbox.words import _, ngettext

ROWS = 6  # of a table, at most


def sentences(chart: Chart) -> Iterator[str]:
    """One for each series: start, end, lowest, highest; of dots, where they lie."""
    for one in chart.series:
        points = [point for piece in pieces(one) for point in piece]
        told = _told(chart, one, points) if points else _("no point")
        left_out = undrawable(one)
        said = _("{name}: {line}.")
        if left_out:
            said = _("{name}: {line}; {n} not finite.")
        yield said.format(name=one.name, line=told, n=left_out)


def _told(chart: Chart, one: Series, points: list[Point]) -> str:
    xs, ys = [point[0] for point in points], [point[1] for point in points]
    if one.dots:
        n = len(points)
        said = ngettext("{n} point; {x}; {y}", "{n} points; {x}; {y}", n)
        return said.format(n=n, x=_span(chart.x, xs), y=_span(chart.y, ys))
    line = _(
        "{y}, starts at {first} and ends at {last}; lowest {least}, highest {most}"
    )
    return line.format(
        y=chart.y,
        first=_number(ys[0]),
        last=_number(ys[-1]),
        least=_number(min(ys)),
        most=_number(max(ys)),
    )


def _span(name: str, values: list[float]) -> str:
    said = _("{name} from {least} to {most}")
    return said.format(name=name, least=_number(min(values)), most=_number(max(values)))


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
    return minus(f"{value:.4g}")
