"""A small chart as SVG, written by hand: axes, ticks, lines or dots, a legend.

It is legible on white and, where the reader's system is set to dark, on dark: every
part has its colours of the light theme as attributes, and a style sheet for the other.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from drillbox.lab.axis import Axis, axis, drawable
from drillbox.words import _

Point = tuple[float, float]

WIDTH, HEIGHT = 640, 400
LEFT, RIGHT, TOP, BOTTOM = 76, 20, 44, 50
TICKS = 5  # intervals of an axis, at most
A_LETTER = 6.6  # px of an average one at size 12
LEGEND, A_ROW = 26, 18  # px: the sign before a name; a row of names
# Told apart without red and green; dashes and shapes tell them apart without colour.
LIGHT = ("#0072B2", "#C04A00", "#00785A", "#A8487F", "#7A5C00", "#3F6F9F")
DARK = ("#56B4E9", "#FF9E4A", "#3DD6A5", "#E69AC6", "#F0C040", "#A9C4FF")
DASHES = ("", "7 3", "2 3", "9 3 2 3", "4 4", "12 4", "1 5", "12 3 2 3 2 3")
PAPER, INK, GRID = (
    ("#ffffff", "#1e1e1e"),
    ("#222222", "#e6e6e6"),
    ("#dddddd", "#444444"),
)
# Shapes around (0, 0): what is drawn for a dot of each series.
SHAPES = (
    "M-3.5 0A3.5 3.5 0 1 0 3.5 0A3.5 3.5 0 1 0-3.5 0",
    "M-4-4L4 4M-4 4L4-4",
    "M-4.5 0H4.5M0-4.5V4.5",
    "M-3.5-3.5H3.5V3.5H-3.5Z",
    "M0-4.5L4.5 4H-4.5Z",
)


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


def pieces(one: Series, log: bool = False) -> list[list[Point]]:
    """Its points; a new piece begins behind one that has no place in a chart."""
    found: list[list[Point]] = [[]]
    for x, y in one.points:
        if drawable(x) and drawable(y, log):
            found[-1].append((x, y))
        elif found[-1]:
            found.append([])
    return [piece for piece in found if piece]


def undrawable(one: Series, log: bool = False) -> int:
    """How many of its points have no place in a chart (NaN, infinite)."""
    return len(one.points) - sum(map(len, pieces(one, log)))


def svg(chart: Chart) -> str:
    """The chart as a whole SVG document; series without points are left out."""
    drawn = [one for one in chart.series if pieces(one)]
    points = [point for one in drawn for piece in pieces(one) for point in piece]
    xs, ys = (axis((point[at] for point in points), TICKS) for at in (0, 1))
    legend = list(_legend(drawn))
    top = TOP + A_ROW * (1 + max((row for _x, row in legend), default=0))
    parts = [_frame(chart), *_axes(xs, ys, top)]
    for at, (one, (x, row)) in enumerate(zip(drawn, legend, strict=True)):
        parts += [*_marks(one, at, xs, ys, top), _entry(one, at, x, row)]
    left_out = sum(map(undrawable, chart.series))
    if left_out:
        parts.append(
            _text(WIDTH - RIGHT, 20, _("not finite: {n}").format(n=left_out), "end")
        )
    return "\n".join((*parts, "</svg>")) + "\n"


def _frame(chart: Chart) -> str:
    middle, across = (LEFT + WIDTH - RIGHT) / 2, (TOP + HEIGHT - BOTTOM) / 2
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" '
        f'viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="12">\n'
        f"<title>{escape(chart.title)}</title>\n{_style()}\n"
        f'<rect class="paper" width="{WIDTH}" height="{HEIGHT}" fill="{PAPER[0]}"/>\n'
        f'<text class="ink" x="{LEFT}" y="20" font-size="14" fill="{INK[0]}">'
        f"{escape(chart.title)}</text>\n"
        f"{_text(middle, HEIGHT - 10, chart.x, 'middle')}\n"
        f'<text class="ink" transform="translate(14 {across:g}) rotate(-90)" '
        f'text-anchor="middle" fill="{INK[0]}">{escape(chart.y)}</text>'
    )


def _style() -> str:
    """The dark theme; an attribute gives way to a rule of a style sheet."""
    rules = [f".paper{{fill:{PAPER[1]}}}", f".ink{{fill:{INK[1]}}}"]
    rules.append(f".grid{{stroke:{GRID[1]}}}")
    rules += [f".s{at}{{stroke:{colour}}}" for at, colour in enumerate(DARK)]
    return f"<style>@media (prefers-color-scheme: dark) {{{''.join(rules)}}}</style>"


def _text(x: float, y: float, text: str, anchor: str = "start") -> str:
    return (
        f'<text class="ink" x="{x:g}" y="{y:g}" text-anchor="{anchor}" '
        f'fill="{INK[0]}">{escape(text)}</text>'
    )


def _axes(xs: Axis, ys: Axis, top: float) -> list[str]:
    parts = []
    for share, label in zip(ys.shares(), ys.labels, strict=True):
        y = _y(share, top)
        parts.append(
            f'<line class="grid" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" '
            f'y2="{y:.1f}" stroke="{GRID[0]}"/>'
        )
        parts.append(_text(LEFT - 6, round(y + 4, 1), label, "end"))
    for share, label in zip(xs.shares(), xs.labels, strict=True):
        x, foot = _x(share), HEIGHT - BOTTOM
        parts.append(
            f'<line class="grid" x1="{x:.1f}" x2="{x:.1f}" y1="{foot}" '
            f'y2="{foot + 5}" stroke="{GRID[0]}"/>'
        )
        parts.append(_text(round(x, 1), foot + 18, label, "middle"))
    return parts


def _x(share: float) -> float:
    return LEFT + share * (WIDTH - LEFT - RIGHT)


def _y(share: float, top: float) -> float:
    return HEIGHT - BOTTOM - share * (HEIGHT - BOTTOM - top)


def _marks(one: Series, at: int, xs: Axis, ys: Axis, top: float) -> Iterator[str]:
    for piece in pieces(one):
        places = [(_x(xs.share(x)), _y(ys.share(y), top)) for x, y in piece]
        if one.dots or len(places) == 1:
            yield from (_dot(at, x, y) for x, y in places)
        else:
            path = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
            yield f'<polyline points="{path}" fill="none" {_stroke(at)}/>'


def _dot(at: int, x: float, y: float) -> str:
    shape = SHAPES[at % len(SHAPES)]
    colour = at % len(LIGHT)
    return (
        f'<path class="s{colour}" transform="translate({x:.1f} {y:.1f})" d="{shape}" '
        f'fill="none" stroke="{LIGHT[colour]}" stroke-width="1.6"/>'
    )


def _stroke(at: int) -> str:
    dash, colour = DASHES[at % len(DASHES)], at % len(LIGHT)
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    line = f'stroke="{LIGHT[colour]}" stroke-width="1.8"'
    return f'class="s{colour}" {line}{dashed}'


def _legend(drawn: Sequence[Series]) -> Iterator[tuple[float, int]]:
    """Where each name begins, and in which row; they flow as words do."""
    x, row = float(LEFT), 0
    for one in drawn:
        wide = LEGEND + 16 + A_LETTER * len(one.name)
        if x > LEFT and x + wide > WIDTH:
            x, row = float(LEFT), row + 1
        yield x, row
        x += wide


def _entry(one: Series, at: int, x: float, row: int) -> str:
    y = TOP - 6 + A_ROW * row
    mark = (
        _dot(at, x + 10, y)
        if one.dots
        else f'<line x1="{x:g}" x2="{x + 20:g}" y1="{y}" y2="{y}" {_stroke(at)}/>'
    )
    return mark + _text(x + LEGEND, y + 4, one.name)
