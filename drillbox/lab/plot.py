"""A chart in character cells: axes, ticks, units, a legend, no colour needed.

Series are told apart by a sign of their own and by how their line is dashed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from drillbox.domain.mathtext.widths import width as cells
from drillbox.lab.axis import Axis, axis
from drillbox.lab.canvas import SHARED, Canvas, Dash, Place
from drillbox.lab.chart import Chart, Point, Series, pieces, undrawable
from drillbox.words import N_, _, ngettext

SIGNS = "ox+*#%&="
DASHES: tuple[Dash, ...] = ((1, 0), (4, 3), (1, 2), (6, 2), (2, 4))
GAP = "   "
LEAST_WIDTH, LEAST_ROWS = 12, 3  # of the part with the curves, in cells
TITLE_FROM, UNIT_FROM = 13, 10  # heights with room for a title, for the x-axis' name
A_SIGN = 12  # cells of width for each sign on a line
NOTHING = N_("nothing to draw yet")  # shown through `_`


@dataclass(frozen=True, slots=True)
class Lines:
    """The signs that axes are drawn with."""

    side: str
    tick: str
    corner: str
    floor: str
    below: str


DRAWN = Lines("│", "┤", "└", "─", "┬")
ASCII = Lines("|", "+", "+", "-", "+")


@dataclass(frozen=True, slots=True)
class Frame:
    """A plot before it is painted. left, top: the cells before the curves."""

    xs: Axis
    ys: Axis
    left: int
    top: int
    columns: int
    rows: int
    head: tuple[str, ...]
    unit: str
    note: str

    def place(self, point: Point) -> Place:
        """Where a point is, as shares of the part with the curves."""
        return self.xs.share(point[0]), self.ys.share(point[1])


def plot(
    series: Sequence[Series],
    width: int,
    height: int,
    x_unit: str,
    y_unit: str,
    log: bool = False,
    *,
    title: str = "",
    plain: bool = False,
    span: float = 0.0,
) -> list[str]:
    """`height` rows of `width` cells each; no row at all where that is too small.

    x_unit, y_unit: names of the axes with their units. log: of the y-axis. plain: ASCII
    alone, but for names and minus signs. span: the least that the y-axis covers, so
    that a change that is small beside it looks small. What is not finite (or not above
    0, where log) breaks its line, and a sentence below says how many there are.
    """
    chart = Chart(title, x_unit, y_unit, tuple(series))
    frame = framed(chart, width, height, log, plain, span)
    if frame is None:
        return []
    canvas = Canvas(frame.columns, frame.rows, plain)
    for at, one in enumerate(chart.series):
        _draw(canvas, frame, one, at, len(chart.series))
    lines = ASCII if plain else DRAWN
    inside = canvas.rows()
    if not any(row.strip() for row in inside):
        inside[frame.rows // 2] = f" {_(NOTHING)}"[: frame.columns].ljust(frame.columns)
    body = [*_body(frame, inside, lines), _floor(frame, lines), _below(frame, width)]
    unit = [_right(frame.unit, width)] if frame.unit else []
    note = [frame.note] if frame.note else []
    return [_fit(row, width) for row in (*frame.head, *body, *unit, *note)]


def framed(
    chart: Chart,
    width: int,
    height: int,
    log: bool = False,
    plain: bool = False,
    span: float = 0.0,
) -> Frame | None:
    """Where everything stands; None where there is no room for it."""
    points = [
        point for one in chart.series for piece in pieces(one, log) for point in piece
    ]
    note = _note(chart, log)
    unit = chart.x if height >= UNIT_FROM else ""
    head = _head(chart, width, height, plain)
    rows = height - len(head) - 2 - bool(unit) - bool(note)
    if rows < LEAST_ROWS:
        return None
    heights = [y for _, y in points]
    heights += _apart(heights, span)
    ys = axis(heights, min(max(rows // 2, 2), 5), log)
    left = max(map(cells, ys.labels)) + 2
    columns = width - left
    if columns < LEAST_WIDTH:
        return None
    xs = axis((x for x, _ in points), min(max(columns // 14, 2), 6))
    return Frame(xs, ys, left, len(head), columns, rows, head, unit, note)


def _apart(values: Sequence[float], span: float) -> list[float]:
    """The ends of `span` around values that are less than that apart."""
    if not values or max(values) - min(values) >= span:
        return []
    middle = (max(values) + min(values)) / 2
    return [middle - span / 2, middle + span / 2]


def _note(chart: Chart, log: bool) -> str:
    n = sum(undrawable(one, log) for one in chart.series)
    if not n:
        return ""
    low = ngettext(
        "{n} value is not above 0: left out.",
        "{n} values are not above 0: left out.",
        n,
    )
    endless = ngettext(
        "{n} value is not finite: left out.", "{n} values are not finite: left out.", n
    )
    return (low if log else endless).format(n=n)


def _head(chart: Chart, width: int, height: int, plain: bool) -> tuple[str, ...]:
    """The title where there is room; what is drawn over what; the legend."""
    whole = height >= UNIT_FROM
    names = [f"{SIGNS[k % len(SIGNS)]} {s.name}" for k, s in enumerate(chart.series)]
    shared = sum(plain or one.dots for one in chart.series) > 1
    several = [f"{SHARED} {_('several')}"] if shared else []
    most = max(1, height // 4)
    abouts = (
        (chart.y,)
        if whole
        else (_("{y} over {x}").format(y=chart.y, x=chart.x), chart.y)
    )
    flows = (list(_flow([about, *names, *several], width)) for about in abouts)
    rows = min(flows, key=len)
    if len(rows) > most:
        rows = [*rows[: most - 1], f"{rows[most - 1]}{GAP}…"]
    title = [chart.title] if chart.title and height >= TITLE_FROM else []
    return (*title, *rows)


def _flow(texts: Sequence[str], width: int) -> Iterator[str]:
    row = texts[0]
    for text in texts[1:]:
        if cells(row) + len(GAP) + cells(text) > width:
            yield row
            row = text
        else:
            row += GAP + text
    yield row


def _draw(canvas: Canvas, frame: Frame, one: Series, at: int, count: int) -> None:
    sign, dash = SIGNS[at % len(SIGNS)], DASHES[at % len(DASHES)]
    for piece in pieces(one, frame.ys.log):
        places = [frame.place(point) for point in piece]
        if one.dots or canvas.plain:
            for place in places:
                canvas.sign(place, sign)
        if one.dots:
            continue
        canvas.line(places, dash)
        for place in _signed(places, at, count, canvas.width):
            canvas.label(place, sign)


def _signed(
    places: Sequence[Place], at: int, count: int, width: int
) -> Sequence[Place]:
    """The points of a line that bear its sign; those of other lines are elsewhere.

    So both signs are seen where two lines lie on each other.
    """
    if len(places) == 1:
        return places
    stride = max(count, len(places) * A_SIGN // width)
    return places[(at * stride) // count :: stride]


def _body(frame: Frame, inside: Sequence[str], lines: Lines) -> Iterator[str]:
    ruler = Canvas(1, frame.rows)
    labels = {
        ruler.cell((0.0, share))[1]: label
        for share, label in zip(frame.ys.shares(), frame.ys.labels, strict=True)
    }
    for row, curve in enumerate(inside):
        label = labels.get(row, "")
        gap = " " * (frame.left - 2 - cells(label))
        yield f"{gap}{label} {lines.tick if label else lines.side}{curve}"


def _ticks(frame: Frame) -> list[int]:
    """The columns of the ticks of x, counted from the first of the curves."""
    ruler = Canvas(frame.columns, 1)
    return [ruler.cell((share, 0.0))[0] for share in frame.xs.shares()]


def _floor(frame: Frame, lines: Lines) -> str:
    ticks = _ticks(frame)
    drawn = (
        lines.below if column in ticks else lines.floor
        for column in range(frame.columns)
    )
    return f"{' ' * (frame.left - 1)}{lines.corner}{''.join(drawn)}"


def _below(frame: Frame, width: int) -> str:
    """The labels of x: the first, the last, and of the others those that have room."""
    row = [" "] * width
    both = list(zip(_ticks(frame), frame.xs.labels, strict=True))
    for column, label in (both[0], both[-1], *both[1:-1]):
        start = frame.left + column - (len(label) - 1) // 2
        start = max(0, min(start, width - len(label)))
        around = row[max(0, start - 1) : start + len(label) + 1]
        if not "".join(around).strip():
            row[start : start + len(label)] = label
    return "".join(row)


def _right(text: str, width: int) -> str:
    return " " * max(0, width - cells(text)) + text


def _fit(row: str, width: int) -> str:
    """Exactly `width` cells; what is longer ends in …"""
    if cells(row) > width:
        while cells(row) > width - 1:
            row = row[:-1]
        row += "…"
    return row + " " * (width - cells(row))
