"""Letters are laid out by the cells they take: decomposed ones, wide ones."""

import pytest

from drillbox.domain.mathtext import Refused, picture, render, spoken
from drillbox.domain.mathtext.layout import box_of
from drillbox.domain.mathtext.parse import parse
from drillbox.domain.mathtext.widths import width

SHOWN = [
    ("é", 1, "é", "é"),
    ("e\u0301", 1, "é", "é"),
    ("e\u0301^2 + 1", 6, "é² + 1", "é squared plus 1"),
    (r"\text{e\u0301}".replace(r"\u0301", "\u0301"), 1, "é", "é"),
    ("x\u0302_i", 2, "x̂ᵢ", "x hat i"),
    ("q\u0301 + 1", 5, "q\u0301 + 1", "q\u0301 plus 1"),
    ("日", 2, "日", "日"),
    (r"x_{한국}", 5, "x_한국", "x 한국"),
    ("한국 + 1", 8, "한국 + 1", "한국 plus 1"),
    ("\u1112\u1161\u11ab^2", 3, "한²", "한 squared"),
    (r"\hat{日}", 2, "hat(日)", "日 hat"),
    ("データ x", 8, "データ x", "データ times x"),
    ("=\u0338 x", 3, "≠ x", "not equal to x"),
]


@pytest.mark.parametrize(("source", "cells", "line", "said"), SHOWN)
def test_a_letter_takes_its_cells(
    source: str, cells: int, line: str, said: str
) -> None:
    box = box_of(parse(source))
    assert box.width == cells
    assert {width(row) for row in box.rows} == {cells}
    assert render(source) == line
    assert spoken(source) == said


def test_wide_letters_keep_a_picture_in_its_columns() -> None:
    assert picture(r"\frac{한국}{x} + e\u0301".replace(r"\u0301", "\u0301"), 80) == (
        "한국\n──── + é\n x"
    )
    assert picture(r"x_{한국} y", 80) == "x    y\n 한국"


@pytest.mark.parametrize("source", ["\u0302", "x²", "xₜ", "\u200bx", "😀", "x\u0488"])
def test_what_is_no_letter_is_refused_still(source: str) -> None:
    with pytest.raises(Refused):
        render(source)
