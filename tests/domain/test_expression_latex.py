"""What is shown of an expression is what was typed, and says the same."""

import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drillbox.domain.expression import GREEK, parse
from drillbox.domain.mathtext import render
from drillbox.domain.mathtext.layout import box_of
from drillbox.domain.mathtext.parse import parse as parse_latex

VALUES = {"a": -1.3, "b": 2.7, "beta": 0.4, "r_w": 1.9, "pw": -0.6}


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("-logsigmoid(beta*(l-r))", "−log σ(β · (l − r))"),
        ("a-(b-c)", "a − (b − c)"),
        ("(a-b)-c", "a − b − c"),
        ("a*(-b)*c", "a · (−b) · c"),
        ("-(a+b)", "−(a + b)"),
        ("(-a)**2", "(−a)²"),
        ("-a**2", "−a²"),
        ("log(x)**2", "(log(x))²"),
        ("(x**y)**z", "(xʸ)ᶻ"),
        ("sqrt(a+b)/abs(c-d)", "√(a+b)/|c−d|"),
        ("max(a,b,0)", "max(a, b, 0)"),
        ("1e-9*x", "1 · 10⁻⁹ · x"),
        ("007.50", "7.5"),
        ("pi_ref_w + h1", "π_(ref,w) + h1"),
    ],
)
def test_it_stands_as_it_was_meant(typed: str, line: str) -> None:
    assert render(parse(typed).latex) == line


@pytest.mark.parametrize(
    "name", sorted({*GREEK.values(), "omicron", "x", "long_name_"})
)
def test_every_name_can_be_shown(name: str) -> None:
    assert render(parse(name).latex)


def typed() -> st.SearchStrategy[str]:
    leaves = st.sampled_from([*VALUES, "2", "0.5", "3"])
    return st.recursive(
        leaves,
        lambda inner: st.one_of(
            st.tuples(inner, st.sampled_from("+-*/"), inner).map(
                lambda three: f"({three[0]}){three[1]}({three[2]})"
            ),
            inner.map(lambda x: f"-({x})"),
            inner.map(lambda x: f"({x})**2"),
            st.tuples(
                st.sampled_from(["exp", "log", "sigmoid", "logsigmoid"]), inner
            ).map(lambda two: f"{two[0]}({two[1]})"),
            st.tuples(inner, inner).map(lambda two: f"max({two[0]}, {two[1]})"),
        ),
        max_leaves=8,
    )


@given(typed())
def test_its_one_line_read_again_has_the_same_value(text: str) -> None:
    """So no parenthesis that matters was left out."""
    line = render(parse(text).latex)
    again = parse(re.sub(r"\blog σ\(", "logsigmoid(", line))
    before, after = parse(text).evaluate(VALUES), again.evaluate(VALUES)
    same = math.isclose(before, after, rel_tol=1e-9, abs_tol=1e-12)
    assert same or (math.isnan(before) and math.isnan(after)) or before == after, line


@given(typed())
def test_every_name_and_number_of_it_stands_on_the_board(text: str) -> None:
    board = "".join(box_of(parse_latex(parse(text).latex)).rows)
    for name in parse(text).names:
        assert {"beta": "β", "r_w": "r"}.get(name, name) in board
