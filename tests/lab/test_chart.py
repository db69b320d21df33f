"""Charts: well-formed SVG with everything inside its frame."""

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drillbox.lab import document
from drillbox.lab.begin import find, general_runs
from drillbox.lab.chart import (
    DARK,
    DASHES,
    GRID,
    HEIGHT,
    INK,
    LEFT,
    LIGHT,
    PAPER,
    WIDTH,
    Chart,
    Series,
    svg,
)

NAMES = "{http://www.w3.org/2000/svg}"
ANY = st.floats()


def places(drawn: str) -> list[tuple[float, float]]:
    root = ElementTree.fromstring(drawn)
    lines = [line.attrib["points"] for line in root.iter(f"{NAMES}polyline")]
    pairs = [pair.split(",") for line in lines for pair in line.split()]
    moved = [dot.attrib["transform"] for dot in root.iter(f"{NAMES}path")]
    dots = [move.removeprefix("translate(").rstrip(")").split() for move in moved]
    return [(float(x), float(y)) for x, y in [*pairs, *dots]]


@given(st.lists(st.tuples(ANY, ANY), max_size=20), st.booleans())
def test_every_point_is_inside(points: list[tuple[float, float]], dots: bool) -> None:
    chart = Chart("t", "x", "y", (Series("a", tuple(points), dots),))
    for x, y in places(svg(chart)):
        assert 0 <= x <= WIDTH and 0 <= y <= HEIGHT


def test_a_higher_value_stands_higher() -> None:
    drawn = svg(Chart("t", "x", "y", (Series("a", ((0, 1), (1, 2), (2, 1.5))),)))
    (x0, y0), (x1, y1), (x2, y2) = places(drawn)
    assert x0 < x1 < x2 and y1 < y2 < y0


@pytest.mark.parametrize("name", ["a < b", 'c & "d"', "log π"])
def test_names_are_text(name: str) -> None:
    drawn = svg(Chart(name, name, name, (Series(name, ((0, 0),)),)))
    texts = [one.text for one in ElementTree.fromstring(drawn).iter(f"{NAMES}text")]
    assert texts.count(name) == 4


def two(dots: bool = False) -> ElementTree.Element:
    both = (
        Series("up", ((0, 0), (1, 1)), dots),
        Series("down", ((0, 1), (1, 0)), dots),
    )
    return ElementTree.fromstring(svg(Chart("t", "step", "loss, nats", both)))


def test_axes_have_ticks_with_names_and_units() -> None:
    texts = [one.text for one in two().iter(f"{NAMES}text")]
    assert {"step", "loss, nats", "up", "down", "0.0", "0.2", "1.0"} <= {*texts}


def test_lines_differ_by_their_dashes() -> None:
    dashes = [one.get("stroke-dasharray") for one in two().iter(f"{NAMES}polyline")]
    assert dashes == [None, DASHES[1]]


def test_eight_lines_differ_without_colour() -> None:
    many = tuple(Series(f"{k}", ((0, k), (1, k))) for k in range(8))
    root = ElementTree.fromstring(svg(Chart("t", "x", "y", many)))
    lines = root.iter(f"{NAMES}polyline")
    assert len({one.get("stroke-dasharray") for one in lines}) == 8


def test_dots_differ_by_their_shape() -> None:
    shapes = {one.get("d") for one in two(dots=True).iter(f"{NAMES}path")}
    assert len(shapes) == 2


def test_what_is_not_finite_breaks_the_line_and_is_said() -> None:
    points = ((0, 1), (1, 2), (2, float("nan")), (3, 1), (4, 0))
    drawn = svg(Chart("t", "x", "y", (Series("a", points),)))
    assert drawn.count("<polyline") == 2 and "not finite: 1" in drawn


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [
        p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize(("theme", "colours"), [(0, LIGHT), (1, DARK)])
def test_both_themes_can_be_read(theme: int, colours: tuple[str, ...]) -> None:
    assert contrast(INK[theme], PAPER[theme]) >= 4.5
    assert contrast(GRID[theme], PAPER[theme]) < 2, "the grid stays behind"
    assert all(contrast(colour, PAPER[theme]) >= 3 for colour in colours)


def test_the_dark_theme_has_a_rule_for_every_class() -> None:
    run = find("length")
    assert run is not None
    drawn = svg(run.chart(document.shipped("length")))
    root = ElementTree.fromstring(drawn)
    style = root.find(f"{NAMES}style")
    assert style is not None and style.text is not None
    classes = {one.attrib["class"] for one in root.iter() if "class" in one.attrib}
    assert classes == {"paper", "ink", "grid", *(f"s{at}" for at in range(6))}
    assert all(f".{name}{{" in style.text for name in classes)


@pytest.mark.parametrize("run", general_runs(), ids=lambda run: run.id)
def test_the_legend_of_every_run_stays_within_the_picture(run) -> None:
    root = ElementTree.fromstring(svg(run.chart(document.shipped(run.id))))
    names = [one.name for one in run.chart(document.shipped(run.id)).series]
    for one in root.iter(f"{NAMES}text"):
        if one.text in names:
            assert float(one.attrib["x"]) >= LEFT
            assert float(one.attrib["x"]) + 6.6 * len(one.text) <= WIDTH
