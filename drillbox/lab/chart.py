"""A small chart as SVG, written by hand: axes, ticks, lines or dots, a legend."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

Point = tuple[float, float]

WIDTH, HEIGHT = 640, 400
LEFT, RIGHT, TOP, BOTTOM = 76, 20, 60, 50
TICKS = 5
# Okabe and Ito: told apart without red and green; the dashes tell them apart in grey.
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9")
DASHES = ("", "7 3", "2 3", "9 3 2 3", "4 4")


@dataclass(frozen=True, slots=True)
class Series:
    """Points (x, y) under one name, joined by a line or left as dots."""

    name: str
    points: tuple[Point, ...]
    dots: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """What is drawn. x, y: the axes' names, with units."""

    title: str
    x: str
    y: str
    series: tuple[Series, ...]


def svg(chart: Chart) -> str:
    """The chart as a whole SVG document; series without points are left out."""
    drawn = [one for one in chart.series if one.points]
    xs = _span([x for one in drawn for x, _ in one.points])
    ys = _span([y for one in drawn for _, y in one.points])
    parts = [_frame(chart), *_axes(xs, ys)]
    for at, one in enumerate(drawn):
        parts += [*_marks(one, at, xs, ys), _legend(one, at, len(drawn))]
    return "\n".join((*parts, "</svg>")) + "\n"


def _span(values: Sequence[float]) -> Point:
    """Lowest and highest, never the same."""
    low, high = min(values, default=0.0), max(values, default=1.0)
    if high > low:
        return low, high
    room = abs(low) / 2 or 1.0
    return low - room, high + room


def _frame(chart: Chart) -> str:
    middle, across = (LEFT + WIDTH - RIGHT) / 2, (TOP + HEIGHT - BOTTOM) / 2
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" '
        f'viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="12">\n'
        f"<title>{escape(chart.title)}</title>\n"
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>\n'
        f'<text x="{LEFT}" y="20" font-size="14">{escape(chart.title)}</text>\n'
        f'<text x="{middle:g}" y="{HEIGHT - 10}" text-anchor="middle">'
        f"{escape(chart.x)}</text>\n"
        f'<text transform="translate(14 {across:g}) rotate(-90)" '
        f'text-anchor="middle">{escape(chart.y)}</text>'
    )


def _axes(xs: Point, ys: Point) -> list[str]:
    parts = []
    for tick in range(TICKS):
        share = tick / (TICKS - 1)
        x, y = _place((_at(xs, share), _at(ys, share)), xs, ys)
        parts += [
            f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y}" y2="{y}" '
            'stroke="#dddddd"/>',
            f'<text x="{LEFT - 6}" y="{y}" dy="4" text-anchor="end">'
            f"{_number(_at(ys, share))}</text>",
            f'<text x="{x}" y="{HEIGHT - BOTTOM + 16}" text-anchor="middle">'
            f"{_number(_at(xs, share))}</text>",
        ]
    return parts


def _at(span: Point, share: float) -> float:
    return span[0] + share * (span[1] - span[0])


def _number(value: float) -> str:
    return f"{value:.3g}".replace("-", "−")


def _place(point: Point, xs: Point, ys: Point) -> tuple[str, str]:
    x = (point[0] - xs[0]) / (xs[1] - xs[0]) * (WIDTH - LEFT - RIGHT) + LEFT
    y = HEIGHT - BOTTOM - (point[1] - ys[0]) / (ys[1] - ys[0]) * (HEIGHT - TOP - BOTTOM)
    return f"{x:.1f}", f"{y:.1f}"


def _marks(one: Series, at: int, xs: Point, ys: Point) -> list[str]:
    colour = COLOURS[at % len(COLOURS)]
    places = [_place(point, xs, ys) for point in one.points]
    if one.dots:
        return [
            f'<circle cx="{x}" cy="{y}" r="3.5" fill="{colour}"/>' for x, y in places
        ]
    path = " ".join(f"{x},{y}" for x, y in places)
    return [f'<polyline points="{path}" fill="none" {_stroke(at)}/>']


def _stroke(at: int) -> str:
    dash = DASHES[at % len(DASHES)]
    return (
        f'stroke="{COLOURS[at % len(COLOURS)]}" stroke-width="1.8"'
        f"{f' stroke-dasharray={chr(34)}{dash}{chr(34)}' if dash else ''}"
    )


def _legend(one: Series, at: int, count: int) -> str:
    x = LEFT + at * (WIDTH - LEFT - RIGHT) / count
    mark = (
        f'<circle cx="{x + 10:g}" cy="38" r="3.5" fill="{COLOURS[at % len(COLOURS)]}"/>'
        if one.dots
        else f'<line x1="{x:g}" x2="{x + 20:g}" y1="38" y2="38" {_stroke(at)}/>'
    )
    return f'{mark}<text x="{x + 26:g}" y="42">{escape(one.name)}</text>'
