"""Nothing is lost in a picture and nothing is laid over another: laws of the layout."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drillbox.domain.mathtext import Refused, picture, prose, render, spoken
from drillbox.domain.mathtext.accents import under_accent
from drillbox.domain.mathtext.box import Box, beside, blank, of_text, stacked
from drillbox.domain.mathtext.brackets import fenced
from drillbox.domain.mathtext.layout import box_of
from drillbox.domain.mathtext.parse import parse
from drillbox.domain.mathtext.scripts import attached, limits
from drillbox.domain.mathtext.widths import width

CONTENT = Path(__file__).parents[2] / "content" / "dpo"

# -- boxes


@st.composite
def boxes(draw: st.DrawFn, letter: str) -> Box:
    """A box full of one letter, brackets around it reach some of its rows."""
    height, cells = draw(st.integers(1, 4)), draw(st.integers(1, 5))
    base = draw(st.integers(0, height - 1))
    first, last = draw(st.integers(0, base)), draw(st.integers(base, height - 1))
    return Box((letter * cells,) * height, cells, base, first, last)


def checked(box: Box) -> Box:
    """A rectangle, with its baseline and what brackets cover inside."""
    assert [width(row) for row in box.rows] == [box.width] * len(box.rows)
    assert 0 <= box.first <= box.base <= box.last < len(box.rows)
    return box


WAYS: list[Callable[[Box, Box, Box], Box]] = [
    lambda a, b, c: beside([a, b, c]),
    lambda a, b, c: stacked([a, b, c], len(a.rows)),
    lambda a, b, c: stacked([a, b, c], 0, "right"),
    lambda a, b, c: limits(a, b, c),
    lambda a, b, c: beside([under_accent(beside([a, b]), "\u0302"), c]),
    lambda a, b, c: limits(beside([a, c]), b, None),
    lambda a, b, c: attached(a, "", b, "", c),
    lambda a, b, c: attached(beside([a, c]), "₁", None, "", b),
    lambda a, b, c: attached(beside([a, b]), "", c, "²", None),
    lambda a, b, c: fenced("(", beside([a, b, c]), ")"),
    lambda a, b, c: beside([fenced("{", a, ""), fenced("‖", b, "‖"), c]),
]


@given(st.sampled_from(WAYS), boxes("a"), boxes("b"), boxes("c"))
@settings(deadline=None, max_examples=300)
def test_boxes_put_together_are_a_rectangle_and_hide_nothing(
    way: Callable[[Box, Box, Box], Box], a: Box, b: Box, c: Box
) -> None:
    text = "".join(checked(way(a, b, c)).rows)
    for one in (a, b, c):
        assert text.count(one.rows[0][0]) == one.width * len(one.rows)


@pytest.mark.parametrize(
    ("sign", "rows"),
    [
        ("(", "╭│╰"),
        ("]", "┐│┘"),
        ("{", "╭┤╰"),
        ("}", "╮├╯"),
        ("|", "│││"),
        ("⟨", "╱│╲"),
        ("⌊", "││└"),
    ],
)
def test_a_bracket_is_as_tall_as_what_it_holds(sign: str, rows: str) -> None:
    tall = Box(("a", "b", "c"), 1, 1, 0, 2)
    assert [row[0] for row in fenced(sign, tall, "").rows] == list(rows)
    assert fenced(sign, of_text("a"), "").rows == (f"{sign}a",)
    assert fenced("", blank(2), "").rows == ("  ",)


# -- formulas

LETTERS = "αβγδεζηθικλμνξρςτυφχψωΓΔΘΛΞΦΨΩ"  # none of them has a small form


@dataclass(frozen=True)
class Tex:
    """A formula and those it is made of, each of which is laid out as it is alone."""

    source: str
    parts: tuple["Tex", ...] = ()


def plus(one: Tex, other: Tex) -> Tex:
    return Tex(f"{one.source} + {other.source}", (one, other))


def side_by_side(one: Tex, other: Tex) -> Tex:
    source = rf"\left({one.source}\right) \left[{other.source}\right]"
    return Tex(source, (one, other))


def quotient(one: Tex, other: Tex) -> Tex:
    return Tex(rf"\frac{{{one.source}}}{{{other.source}}}", (one, other))


def limited(one: Tex, other: Tex) -> Tex:
    return Tex(rf"\sum {one.source} - \left|{other.source}\right|", (one, other))


def aligned(one: Tex, other: Tex) -> Tex:
    body = rf"{one.source} \\ {other.source}"
    return Tex(rf"\begin{{gathered}} {body} \end{{gathered}}", (one, other))


def cases(one: Tex, other: Tex) -> Tex:
    body = rf"{one.source} & {other.source} \\ 7 & 8"
    return Tex(rf"\begin{{cases}} {body} \end{{cases}}", (one, other))


def root(one: Tex) -> Tex:
    return Tex(rf"\sqrt{{{one.source}}}", (one,))


def overlined(one: Tex) -> Tex:
    return Tex(rf"\overline{{7 {one.source}}}", (one,))


def bracketed(one: Tex) -> Tex:
    return Tex(rf"\left\{{{one.source}\right\}}", (one,))


def squared(one: Tex) -> Tex:
    return Tex(rf"\left({one.source}\right)^2_\mathrm{{ref}}", (one,))


TWO = (plus, side_by_side, quotient, quotient, limited, aligned, cases)
ONE = (root, overlined, bracketed, squared)


@st.composite
def formulas(draw: st.DrawFn, letters: str) -> Tex:
    """A formula with each of the letters once."""
    if len(letters) == 1:
        tree = Tex(letters)
    else:
        cut = draw(st.integers(1, len(letters) - 1))
        build = draw(st.sampled_from(TWO))
        parts = draw(formulas(letters[:cut])), draw(formulas(letters[cut:]))
        tree = build(*parts)
    return draw(st.sampled_from(ONE))(tree) if draw(st.integers(0, 3)) == 3 else tree


TREES = st.integers(1, 9).flatmap(lambda count: formulas(LETTERS[:count]))
Place = tuple[int, int, int, int]  # first row, first column, rows, columns


def places(part: Box, rows: tuple[str, ...]) -> Iterator[Place]:
    """Where in the rows the part stands as a block."""
    height, cells = len(part.rows), part.width
    for top in range(len(rows) - height + 1):
        for left in range(len(rows[0]) - cells + 1):
            block = tuple(row[left : left + cells] for row in rows[top : top + height])
            if block == part.rows:
                yield top, left, height, cells


def apart(one: Place, other: Place) -> bool:
    """Whether two blocks have no cell in common."""
    return (
        one[0] + one[2] <= other[0]
        or other[0] + other[2] <= one[0]
        or one[1] + one[3] <= other[1]
        or other[1] + other[3] <= one[1]
    )


def nested(tree: Tex) -> int:
    """Lay it out, and find each of its parts in it, apart; how deep it is nested.

    A part stands in the whole cell for cell as it is laid out alone, so what is deep in
    the source is as deep in the picture.
    """
    whole = checked(box_of(parse(tree.source)))
    found = [
        list(places(box_of(parse(part.source)), whole.rows)) for part in tree.parts
    ]
    assert all(len(where) == 1 for where in found), (tree.source, found)
    if len(found) == 2:
        assert apart(found[0][0], found[1][0]), tree.source
    return 1 + max((nested(part) for part in tree.parts), default=0)


@given(TREES)
@settings(deadline=None, max_examples=150)
def test_every_part_stands_whole_in_its_formula_and_apart_from_the_others(
    tree: Tex,
) -> None:
    assert nested(tree) >= 1


@given(TREES)
@settings(deadline=None, max_examples=150)
def test_every_sign_of_the_source_is_shown_once(tree: Tex) -> None:
    shown = picture(tree.source, 10_000)
    for letter in set(tree.source) & set(LETTERS):
        assert shown.count(letter) == tree.source.count(letter)
    assert shown.count("+") == tree.source.count("+")
    assert shown.count("∑") == tree.source.count(r"\sum")
    assert shown.count("ref") == tree.source.count("ref")
    lines = len(re.findall(r"\\frac|\\sqrt|\\overline", tree.source))
    assert len(re.findall("─+", shown)) == lines


@given(TREES)
@settings(deadline=None, max_examples=100)
def test_every_sign_of_the_source_is_said(tree: Tex) -> None:
    said = spoken(tree.source)
    assert said.count("plus") == tree.source.count("+")
    assert said.count("end fraction") == tree.source.count(r"\frac")
    assert said.count("fraction") == 2 * tree.source.count(r"\frac")
    assert said.count("open brace") == said.count("close brace")
    for word, letter in (("beta", "β"), ("gamma", "γ"), ("xi", "ξ")):
        assert (word in re.findall(r"\w+", said)) == (letter in tree.source)


@given(TREES, st.integers(1, 60))
@settings(deadline=None, max_examples=100)
def test_a_picture_fits_or_is_the_line(tree: Tex, cells: int) -> None:
    try:
        shown = picture(tree.source, cells)
    except Refused:
        return  # the line would be ambiguous, and the picture is too wide
    fits = max(map(width, shown.split("\n"))) <= cells
    assert fits or shown == render(tree.source)


# -- what the course shows

VALUE = re.compile(r"\{\{[^{}]*\}\}")  # still to be filled in: a number


def formulas_of(file: Path) -> list[str]:
    """The sources of all formulas in a file of the course."""
    found: list[str] = []

    def note(source: str) -> str:
        found.append(source)
        return source

    prose(VALUE.sub("7", file.read_text("utf-8")), form=note)
    return found


@pytest.mark.parametrize(
    "file", sorted(CONTENT.rglob("*.yaml")), ids=lambda file: str(file.name)
)
def test_every_formula_of_the_course_is_laid_out_and_said(file: Path) -> None:
    for source in formulas_of(file):
        checked(box_of(parse(source)))
        assert render(source)
        assert spoken(source).isprintable()


def test_the_course_has_formulas() -> None:
    files = CONTENT.rglob("*.yaml")
    assert sum(len(formulas_of(file)) for file in files) > 400
