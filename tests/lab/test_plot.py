"""Plots in cells: laws for any points, and a few pictures read by eye."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drillbox.domain.mathtext.widths import width as cells
from drillbox.lab import document
from drillbox.lab.begin import general_runs
from drillbox.lab.canvas import SHARED, Canvas
from drillbox.lab.chart import Chart, Series, pieces
from drillbox.lab.general import Run
from drillbox.lab.plot import NOTHING, SIGNS, framed, plot

ANY = st.floats(allow_nan=True, allow_infinity=True)
POINTS = st.lists(st.tuples(ANY, ANY), max_size=12).map(tuple)
NAMES = st.text(
    st.characters(blacklist_categories=("Cs", "Cc", "Zl", "Zp")), max_size=12
)
ONE = st.builds(Series, NAMES, POINTS, st.booleans())
MANY = st.lists(ONE, max_size=4)
WIDTHS, HEIGHTS = st.integers(16, 100), st.integers(4, 30)
NAN = float("nan")


def line(*values: float, name: str = "loss") -> Series:
    return Series(name, tuple(enumerate(values)))


def drawn(*series: Series, width: int = 40, height: int = 12, **how: bool) -> str:
    return "\n".join(plot(series, width, height, "step", "nats", **how))


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=9), st.floats(0.0, 1e6))
def test_the_axis_covers_at_least_the_span_and_every_value(
    values: list[float], span: float
) -> None:
    chart = Chart("", "x", "y", (line(*values),))
    frame = framed(chart, 60, 12, span=span)
    assert frame is not None
    assert frame.ys.high - frame.ys.low >= span * (1 - 1e-9)
    room = 1e-6 * max(1.0, frame.ys.high - frame.ys.low)
    assert frame.ys.low <= min(values) + room and max(values) <= frame.ys.high + room


def test_the_legend_comes_before_the_name_of_the_x_axis() -> None:
    both = (line(1, 2, name="chosen"), line(2, 1, name="rejected"))
    wide, narrow = (drawn(*both, width=width, height=6) for width in (38, 36))
    assert wide.splitlines()[0] == "nats over step   o chosen   x rejected"
    assert narrow.splitlines()[0].rstrip() == "nats   o chosen   x rejected"


@given(MANY, WIDTHS, HEIGHTS, NAMES, st.booleans(), st.booleans())
def test_every_row_fills_the_width(
    series: list[Series], width: int, height: int, name: str, log: bool, plain: bool
) -> None:
    rows = plot(series, width, height, name, name, log, title=name, plain=plain)
    assert len(rows) in (0, height)
    assert {cells(row) for row in rows} <= {width}


@given(MANY, WIDTHS, HEIGHTS, st.booleans(), st.booleans())
def test_every_point_that_has_a_place_is_painted_there(
    series: list[Series], width: int, height: int, log: bool, plain: bool
) -> None:
    frame = framed(Chart("", "x", "y", tuple(series)), width, height, log, plain)
    if frame is None:
        return
    rows = plot(series, width, height, "x", "y", log, plain=plain)
    canvas = Canvas(frame.columns, frame.rows, plain)
    for one in series:
        for piece in pieces(one, log):
            for point in piece:
                column, row = canvas.cell(frame.place(point))
                text = rows[frame.top + row]
                assert text[frame.left + column] != " "


@given(st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=30), st.booleans())
def test_a_higher_value_is_never_lower(values: list[float], plain: bool) -> None:
    frame = framed(Chart("", "x", "y", (line(*values),)), 60, 15)
    assert frame is not None
    canvas = Canvas(frame.columns, frame.rows, plain)
    rows = [canvas.cell(frame.place((0, value)))[1] for value in sorted(values)]
    assert rows == sorted(rows, reverse=True)


@pytest.mark.parametrize("plain", [False, True])
def test_two_series_are_told_apart_without_colour(plain: bool) -> None:
    text = drawn(line(0, 1, 2, name="up"), line(2, 1, 0, name="down"), plain=plain)
    assert "o up   x down" in text
    body = text.split("x down", 1)[1].replace("step", "")
    assert "o" in body and "x" in body


def test_lines_that_lie_on_each_other_are_both_seen() -> None:
    same = [math.exp(-k / 9) for k in range(20)]
    text = drawn(line(*same, name="ours"), line(*same, name="yours"), width=60)
    body = text.split("yours", 1)[1]
    assert body.count("o") >= 3 and body.count("x") >= 3


def test_in_ascii_lines_that_lie_on_each_other_are_said_to() -> None:
    text = drawn(line(1, 2, name="a"), line(1, 2, name="b"), plain=True)
    assert f"{SHARED} several" in text and text.count(SHARED) == 3


def test_dots_that_share_a_cell_are_said_to() -> None:
    dots = [Series(name, ((0, 0), (1, at)), dots=True) for at, name in enumerate("ab")]
    text = drawn(*dots)
    assert f"{SHARED} several" in text and text.count(SHARED) == 2


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ((0, NAN, 2), "1 value is not finite: left out."),
        ((0, math.inf, -math.inf, 2), "2 values are not finite: left out."),
    ],
)
def test_what_is_not_finite_breaks_the_line_and_is_said(
    values: tuple[float, ...], said: str
) -> None:
    text = drawn(line(*values))
    assert said in text
    broken = [row.split("┤")[-1].split("│")[-1] for row in text.splitlines()[1:8]]
    assert sum(bool(row.strip()) for row in broken) == 2


def test_a_log_axis_says_what_it_cannot_show() -> None:
    text = "\n".join(plot([line(0, 1, 1000)], 40, 12, "step", "KL", log=True))
    assert "1 value is not above 0: left out." in text
    assert "1000 ┤" in text


@pytest.mark.parametrize("series", [(), (line(),), (line(NAN),)])
def test_nothing_to_draw_is_said(series: tuple[Series, ...]) -> None:
    assert NOTHING in drawn(*series)


def test_one_point_is_a_sign() -> None:
    rows = drawn(line(3)).splitlines()[1:]
    assert sum(row.count(SIGNS[0]) for row in rows) == 1


def test_a_constant_is_a_level_line() -> None:
    rows = drawn(line(*[0.5] * 9)).splitlines()[1:-3]
    assert sum(bool(row.strip(" ┤│.0123456789")) for row in rows) == 1


@pytest.mark.parametrize(("width", "height"), [(12, 15), (80, 4), (0, 0), (5, 40)])
def test_no_room_is_no_row(width: int, height: int) -> None:
    assert plot([line(1, 2)], width, height, "step", "nats") == []


def test_plain_is_ascii_but_for_the_minus() -> None:
    text = drawn(line(-1, 2, 3), line(3, 0, -1), plain=True)
    assert text.replace("−", "-").isascii()


@pytest.mark.parametrize("run", general_runs(), ids=lambda run: run.id)
def test_every_run_can_be_drawn_as_far_as_it_has_come(run: Run) -> None:
    records = document.shipped(run.id)
    for count in range(len(records) + 1):
        chart = run.chart(records[:count])
    assert any(one.points for one in chart.series)
    rows = plot(chart.series, 36, 8, chart.x, chart.y)
    assert len(rows) == 8 and NOTHING not in "".join(rows)
