"""A matrix has the brackets of its environment, drawn, on a line and in words."""

import pytest

from drillbox.domain.mathtext import picture, render, spoken

ROWS = r"a & b \\ c & d"

SHOWN = [
    ("bmatrix", "┌a  b┐\n└c  d┘", "[a, b; c, d]"),
    ("pmatrix", "╭a  b╮\n╰c  d╯", "(a, b; c, d)"),
    ("Bmatrix", "╭a  b╮\n╰c  d╯", "{a, b; c, d}"),
    ("vmatrix", "│a  b│\n│c  d│", "|a, b; c, d|"),
    ("Vmatrix", "‖a  b‖\n‖c  d‖", "‖a, b; c, d‖"),
    ("matrix", "a  b\nc  d", "a, b; c, d"),
    ("smallmatrix", "a  b\nc  d", "a, b; c, d"),
]


def matrix(name: str, rows: str = ROWS) -> str:
    return rf"\begin{{{name}}} {rows} \end{{{name}}}"


@pytest.mark.parametrize(("name", "board", "line"), SHOWN)
def test_a_matrix_has_the_brackets_of_its_environment(
    name: str, board: str, line: str
) -> None:
    assert picture(matrix(name), 80) == board
    assert render(matrix(name)) == line


def test_a_matrix_of_one_row_has_them_too() -> None:
    assert picture(matrix("pmatrix", "a & b"), 80) == "(a  b)"
    assert picture(matrix("vmatrix", "a & b"), 80) == "|a  b|"


@pytest.mark.parametrize(
    ("source", "line"),
    [
        (rf"2 {matrix('matrix')}", "2(a, b; c, d)"),
        (rf"{matrix('matrix')}^2", "(a, b; c, d)²"),
        (rf"\left[{matrix('matrix')}\right]", "[a, b; c, d]"),
        (rf"\frac{{{matrix('matrix')}}}{{2}}", "(a, b; c, d)/2"),
        (rf"x {matrix('pmatrix')}^\top y", "x(a, b; c, d)ᵀ y"),
        (rf"{matrix('vmatrix')} {matrix('vmatrix')}", "|a, b; c, d| |a, b; c, d|"),
        (rf"\log {matrix('vmatrix')}", "log |a, b; c, d|"),
    ],
)
def test_a_matrix_beside_something_is_held_together(source: str, line: str) -> None:
    assert render(source) == line


def test_matrices_side_by_side_do_not_run_together() -> None:
    assert picture(matrix("matrix") * 2, 80) == "a  b a  b\nc  d c  d"
    assert picture(matrix("vmatrix") * 2, 80) == "│a  b│ │a  b│\n│c  d│ │c  d│"
    assert picture(matrix("pmatrix") * 2, 80) == "╭a  b╮╭a  b╮\n╰c  d╯╰c  d╯"
    assert picture("2" + matrix("matrix"), 80) == "2 a  b\n  c  d"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("pmatrix", "matrix row 1: a, b; row 2: c, d end matrix"),
        ("matrix", "matrix row 1: a, b; row 2: c, d end matrix"),
        ("vmatrix", "determinant row 1: a, b; row 2: c, d end determinant"),
        ("Vmatrix", "norm of matrix row 1: a, b; row 2: c, d end matrix end norm"),
    ],
)
def test_bars_around_a_matrix_are_said(name: str, said: str) -> None:
    assert spoken(matrix(name)) == said
