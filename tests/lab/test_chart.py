"""Charts: well-formed SVG with everything inside its frame."""

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drillbox.lab.chart import HEIGHT, WIDTH, Chart, Series, svg

NAMES = "{http://www.w3.org/2000/svg}"
FINITE = st.floats(-1e9, 1e9)


def places(drawn: str) -> list[tuple[float, float]]:
    root = ElementTree.fromstring(drawn)
    lines = [line.attrib["points"] for line in root.iter(f"{NAMES}polyline")]
    pairs = [pair.split(",") for line in lines for pair in line.split()]
    dots = [(dot.attrib["cx"], dot.attrib["cy"]) for dot in root.iter(f"{NAMES}circle")]
    return [(float(x), float(y)) for x, y in [*pairs, *dots]]


@given(st.lists(st.tuples(FINITE, FINITE), max_size=20), st.booleans())
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
