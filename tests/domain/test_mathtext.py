"""Every formula of the golden table has its line; what has none is refused by name.

The table is one formula and its line per row, with a tab between them. Each line was
read by a person against what LaTeX typesets.
"""

import unicodedata
from pathlib import Path

import pytest

from drillbox.domain.mathtext import Refused, line, picture, render, spoken

TABLE = Path(__file__).parent / "golden" / "mathtext.tsv"
GOLDEN = [row.split("\t") for row in TABLE.read_text("utf-8").splitlines()]

REFUSED = [
    (r"\foo x", r"\foo cannot be laid out"),
    (r"\binom{n}{k}", r"\binom cannot be laid out"),
    (r"\underbrace{a}_{b}", r"\underbrace cannot be laid out"),
    (r"a \not= b", r"\not cannot be laid out"),
    (r"\begin{array}{c} a \end{array}", r"\begin{array} cannot be laid out"),
    (r"\begin{cases} a & b & c \end{cases}", r"\begin{cases} of more than two"),
    (r"\begin{cases} a, b & c \end{cases}", "cases with a comma in a cell"),
    (r"\begin{aligned} a &= b", r"\begin{aligned} is not ended"),
    (r"\begin{bmatrix} a, b & c \end{bmatrix}", "a matrix with a comma in a cell"),
    (r"\begin{bmatrix} a & b", r"\begin{bmatrix} is not ended"),
    (r"\begin x", r"\begin wants a name in braces"),
    (r"a \\ b", r"\\ starts a new line"),
    (r"a & b", r"& outside a matrix; write \&"),
    (r"a ~ b", r"'~' cannot be laid out; write \sim or \,"),
    (r"50%", r"'%' cannot be laid out; write \%"),
    (r"x²", "'²' cannot be laid out"),
    ("x\u202ey", "'\\u202e' cannot be laid out"),
    ("\\text{a\u202eb}", r"\text{…} with characters that cannot be seen"),
    ("\\text{\u0302}", r"\text{…} with characters that cannot be seen"),
    (r"\text{a $x$}", r"\text wants } where $ is"),
    (r"x^(2)", "^ wants {…} after it"),
    (r"x^", "^ wants {…} after it"),
    (r"\frac{a}", r"\frac wants {…} after it"),
    (r"_i", "_ has nothing to stand on"),
    (r"=^2", "a script on ="),
    (r"x^a^b", "two ^ on one base"),
    (r"x_i_j", "two _ on one base"),
    (r"(x", "( has no partner"),
    (r"x)", ") has no partner"),
    (r"{a", "{ wants } where the end is"),
    (r"\left( x", r"\left wants \right where the end is"),
    (r"\left. f \right|_{x=0}", r"\left or \right with ."),
    (r"\middle x", r"\middle with x"),
    (r"\hat{}", r"\hat over nothing"),
    (r"\mathbb{x}", r"\mathbb{x} has no characters of its own"),
    (r"\operatorname{a+b} x", r"\operatorname of something that is no name"),
    (r"\underset{a}{b}", r"\underset under something that is no operator"),
    (r"\sqrt[n]{x}", r"\sqrt[…] of another degree than 3 or 4"),
    (r"\epsilon + \varepsilon", r"\epsilon beside \varepsilon, which would look alike"),
    (r"\log x\frac{a}{b}", "it is unclear what log applies to"),
    (r"a/b\frac{c}{d}", "it is unclear what / applies to"),
    (r"\log\frac{a}{b}c", "it is unclear what log applies to"),
    (r"\log\sqrt{x}y", "it is unclear what log applies to"),
    (r"\log\sqrt{x}^2y", "it is unclear what log applies to"),
    ("\\", "\\ cannot be laid out"),
    ("(" * 60 + ")" * 60, "brackets more than 40 deep"),
    (r"\hat" * 60 + "x", "macros more than 40 deep"),
    ("x" * 5000, "a formula of more than 4000 characters"),
]


@pytest.mark.parametrize(("source", "expected"), GOLDEN, ids=[row[0] for row in GOLDEN])
def test_a_formula_of_this_field_reads_as_it_should(source: str, expected: str) -> None:
    assert render(source) == expected


def test_the_table_is_worth_its_name() -> None:
    assert len(GOLDEN) >= 80
    assert len({source for source, _ in GOLDEN}) == len(GOLDEN)


@pytest.mark.parametrize(("source", "what"), REFUSED, ids=[what for _, what in REFUSED])
def test_what_has_no_honest_line_is_refused_and_named(source: str, what: str) -> None:
    with pytest.raises(Refused) as refused:
        render(source)
    assert refused.value.what.startswith(what)
    assert str(refused.value) == refused.value.what


@pytest.mark.parametrize("source", [source for source, _ in REFUSED])
def test_a_refused_formula_is_shown_as_its_source(source: str) -> None:
    assert line(source) == source


@pytest.mark.parametrize("text", [text for _, text in GOLDEN])
def test_every_character_is_one_column_or_an_accent(text: str) -> None:
    assert text.isprintable()
    assert not [c for c in text if unicodedata.east_asian_width(c) in "WF"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (r"\frac{a}{b}c", r"\frac{a}{bc}"),
        (r"\frac{a}{b}c", r"\frac{ac}{b}"),
        (r"\frac{\log x}{y}", r"\log\frac{x}{y}"),
        (r"\sqrt{x}y", r"\sqrt{xy}"),
        (r"\sqrt{x^2}", r"\sqrt{x}^2"),
        (r"\sqrt{x}/y", r"\sqrt{x/y}"),
        (r"e^{\beta}h", r"e^{\beta h}"),
        (r"e^{x_i}", r"e^x_i"),
        (r"{x_i}^2", r"x_{i^2}"),
        (r"{a+b}^2", r"a+b^2"),
        (r"y_w x", r"y_{wx}"),
        (r"\pi_{\theta}h", r"\pi_{\theta h}"),
        (r"\frac{-a}{b}", r"-\frac{a}{-b}"),
        (r"a/\frac{b}{c}", r"\frac{a}{b}/c"),
        (r"\prod_i x_i \frac{a}{b}", r"\frac{\prod_i x_i a}{b}"),
        (r"a^3\sqrt{x}", r"a\sqrt[3]{x}"),
        (r"____ x", r"____x_x"),
        (r"|a|b|c|", r"|a| b |c|_2"),
    ],
)
def test_formulas_that_differ_are_shown_and_said_otherwise(
    one: str, other: str
) -> None:
    assert render(one) != render(other)
    assert picture(one, 80) != picture(other, 80)
    assert spoken(one) != spoken(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (r"\sigma(\beta h)", r"\sigma(\beta) h"),
        (r"\sigma(x)^2", r"\sigma(x^2)"),
        (r"\lVert g^2 \rVert", r"\lVert g \rVert^2"),
        (r"\lvert y - 1 \rvert", r"\lvert y \rvert - 1"),
        (r"\pi(y \mid x) z", r"\pi(y \mid x z)"),
        (r"\pi \theta", r"\pi_\theta"),
        (r"2 x", r"2_x"),
        (r"x^{a+b}", r"x^a+b"),
        (r"x_{t+1}", r"x_t+1"),
        (r"\sqrt{x} y", r"\sqrt{xy}"),
        (r"e^{-x} y", r"e^{-xy}"),
        (r"\sum_{k=0}^{n} a", r"\sum_{k=0} n a"),
        (r"\mathcal{D}", "D"),
        (r"x \cdot y", r"x y"),
        (r"\hat x", r"x"),
    ],
)
def test_what_sounds_alike_is_told_apart(one: str, other: str) -> None:
    assert spoken(one) != spoken(other)


@pytest.mark.parametrize(
    "source",
    [
        "____",
        r"\beta ____",
        r"____ h",
        r"\sigma(____)",
        r"\pi_{____}(y)",
        r"\pi_____",
        r"e^____",
        r"x^{____}",
        r"\frac{____}{\beta}",
        r"\frac{r}{____}",
        r"\log ____",
        r"\sqrt{____}",
        r"a____b",
    ],
)
def test_a_gap_survives_and_stands_apart(source: str) -> None:
    pieces = render(source).split("____")
    assert len(pieces) == 2
    assert not pieces[0][-1:].isalnum()
    assert not pieces[1][:1].isalnum()


def test_brackets_within_fractions_within_brackets_cost_no_more_than_they_are() -> None:
    deep = "x"
    for _ in range(14):
        deep = rf"\frac{{1+({deep})}}{{1-a}}"
    assert render(deep).count("/") == 14


def test_an_empty_formula_is_an_empty_line() -> None:
    assert render("") == ""
    assert render("x^{}") == "x"
